export * from './benchkit-checking.ts';
