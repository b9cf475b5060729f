// What a release needs to know, for .github/workflows/release.yml and by hand; docs/releasing.md says how they are used:
//   node scripts/release.mjs check v1.2.3    the tag, package.json, src/version.ts and CHANGELOG.md agree (exit 1: they do not)
//   node scripts/release.mjs notes v1.2.3    the notes of the release: its section of CHANGELOG.md
//   node scripts/release.mjs major v1.2.3    the moving tag that shall point to it, such as v1; nothing when there is a newer one
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const tagPattern = /^v(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?$/;

/** The section of one version without its heading; undefined when there is none. Ends at the next version. */
export function notesOf(changelog, version) {
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find((text) => {
    const [heading = ''] = text.split('\n');
    return heading.replace(/^\[?([^\]\s]+)\]?.*$/, '$1') === version;
  });
  const notes = section?.split('\n').slice(1).join('\n').trim();
  return notes === '' ? undefined : notes;
}

/** Everything that keeps a tag from being released, in words; empty: nothing. */
export function problemsOf({ tag, packageVersion, sourceVersion, changelog }) {
  if (!tagPattern.test(tag)) return [`the tag "${tag}" is not a version such as v1.2.3 or v1.2.3-rc.1`];
  const version = tag.slice(1);
  return [
    ...(packageVersion === version ? [] : [`package.json says ${packageVersion}, the tag ${version}`]),
    ...(sourceVersion === version ? [] : [`src/version.ts says ${sourceVersion}, the tag ${version}`]),
    ...(notesOf(changelog, version) === undefined ? [`CHANGELOG.md has no section "## ${version}" with text`] : []),
  ];
}

/** The tag that users of a major version pin; undefined for a pre-release, and when a newer release of that major exists. */
export function majorTagOf(tag, tags) {
  const own = parse(tag);
  if (!own || own.pre) return undefined;
  const isBehind = tags.map(parse).some((other) => other && !other.pre && other.major === own.major && compare(other, own) > 0);
  return isBehind ? undefined : `v${own.major}`;
}

function parse(tag) {
  const [, major, minor, patch, pre] = tagPattern.exec(tag) ?? [];
  return major === undefined ? undefined : { major: Number(major), minor: Number(minor), patch: Number(patch), pre };
}

function compare(a, b) {
  return a.minor - b.minor || a.patch - b.patch;
}

function read(file) {
  return readFileSync(`${root}${file}`, 'utf8');
}

function main([command, tag = '']) {
  const changelog = read('CHANGELOG.md');
  if (command === 'check') {
    const packageVersion = JSON.parse(read('package.json')).version;
    const sourceVersion = /version = '([^']+)'/.exec(read('src/version.ts'))?.[1];
    const problems = problemsOf({ tag, packageVersion, sourceVersion, changelog });
    process.stdout.write(problems.length === 0 ? `${tag} can be released\n` : `${problems.join('\n')}\n`);
    process.exitCode = problems.length === 0 ? 0 : 1;
  } else if (command === 'notes') {
    const notes = notesOf(changelog, tag.replace(/^v/, ''));
    if (notes === undefined) throw new Error(`CHANGELOG.md has no section for ${tag}`);
    process.stdout.write(`${notes}\n`);
  } else if (command === 'major') {
    const tags = execFileSync('git', ['tag', '--list', 'v*'], { cwd: root, encoding: 'utf8' }).split('\n');
    process.stdout.write(`${majorTagOf(tag, tags) ?? ''}\n`);
  } else throw new Error('usage: node scripts/release.mjs check|notes|major TAG');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main(process.argv.slice(2));
