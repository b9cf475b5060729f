// A disk on which every other sync takes up to a quarter of a second, in every process of a test run:
//   NODE_OPTIONS="--require $PWD/__tests__/harness/slow-disk.cjs" npm test
// A test that goes red with it relies on the speed of the disk, and will be red once in a while without it.
const fs = require('node:fs');
const { syncBuiltinESMExports } = require('node:module');

const waitMs = () => (Math.random() < 0.5 ? 0 : Math.random() * 250);
for (const name of ['fsync', 'fdatasync']) {
  const sync = fs[name];
  fs[name] = (fd, done) => setTimeout(() => sync(fd, done), waitMs());
}
syncBuiltinESMExports();
