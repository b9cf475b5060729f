/** A path of the config from its folder; absolute ones stay. Joined with `/`, which every platform takes. */
export function pathFrom(baseDir: string, path: string): string {
  return /^([\\/]|[A-Za-z]:[\\/])/.test(path) ? path : `${baseDir.replace(/[\\/]+$/, '')}/${path.replace(/^(\.[\\/])+/, '')}`;
}
