export * from './benchkit-checking.ts';
export * from './benchkit-executing.ts';
