// The dependency rules of docs/architecture.md. A test checks that every source file was really seen.
const pure =
  '^src/(records|config|datasets|users|checkers|run/core|importers|projects|systems|baseline|compare|reporters)/|^src/(errors|registry|template)\\.ts$';
const kernel = '^src/(errors|registry|template|version)\\.ts$|^src/records/';
const contracts =
  '^src/(agents/agent|checkers/checker|datasets/dataset|users/user|reporters/reporter|importers/result-format|projects/project)\\.ts$';
const stages = ['config', 'datasets', 'users', 'agents', 'checkers', 'run', 'importers', 'projects', 'baseline', 'compare', 'reporters'];
/** What the formats of other systems mean: for whoever reads or writes them. */
const systems = '^src/systems/';
const extensions = ['agents', 'checkers', 'datasets', 'users', 'reporters', 'importers', 'projects'];

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

export default {
  forbidden: [
    rule('no-cycles', 'A cycle has no first file to read.', {}, { circular: true }),
    rule('pure-no-node', 'Pure stages are numbers and text: no files, no clock, no network.', { path: pure }, { dependencyTypes: ['core'] }),
    rule(
      'pure-no-platform',
      'Pure stages do not know GitHub or a model provider.',
      { path: pure },
      { path: 'node_modules/(@actions|@octokit|openai)/' },
    ),
    rule('pure-no-adapters', 'Pure stages do not know who calls them.', { path: pure }, { path: '^src/(io|github|pipeline|action|cli)/' }),
    rule('records-first', 'Records and the kernel import only each other.', { path: kernel }, { path: '^src/', pathNot: kernel }),
    ...stages.map((stage) =>
      rule(
        `${stage}-meets-others-in-pipeline`,
        'Stages meet in src/pipeline; only contracts cross.',
        { path: `^src/${stage}/` },
        { path: `^src/(${stages.join('|')})/`, pathNot: `^src/${stage}/|${contracts}${stage === 'projects' ? '|^src/config/' : ''}` },
      ),
    ),
    ...extensions.map((folder) =>
      rule(
        `${folder}-no-siblings`,
        'An extension imports its contract, the parts of its folder, and no sibling.',
        {
          path: `^src/${folder}/[^/]+\\.ts$`,
          pathNot: `^src/${folder}/(registry|compile|scope|select|to-sample|agent|checker|dataset|user|reporter|result-format|project)\\.ts$`,
        },
        { path: `^src/${folder}/[^/]+\\.ts$`, pathNot: contracts },
      ),
    ),
    rule('systems-below-stages', 'They know records and nothing else.', { path: systems }, { path: '^src/', pathNot: `${systems}|${kernel}` }),
    rule(
      'one-openai',
      'Its own adapters only, so that it can be replaced and stays lazy.',
      { path: '^src/', pathNot: '^src/io/openai[a-z-]*\\.ts$' },
      { path: 'node_modules/openai/' },
    ),
    rule(
      'one-zod',
      'One importer, so that no schema is without its messages, and the large form of zod stays out.',
      { path: '^src/', pathNot: '^src/records/schema\\.ts$' },
      { path: 'node_modules/zod/' },
    ),
    rule(
      'one-octokit',
      'One importer, so that retries and errors are in one place.',
      { path: '^src/', pathNot: '^src/github/client\\.ts$' },
      { path: 'node_modules/@octokit/' },
    ),
    rule(
      'actions-in-action',
      'Only the action runs on a runner.',
      { path: '^src/', pathNot: '^src/(action/|github/artifact\\.ts$)' },
      { path: 'node_modules/@actions/' },
    ),
    rule(
      'io-below-pipeline',
      'Adapters do not know the flow.',
      { path: '^src/(io|github)/' },
      { path: '^src/(pipeline|action|cli)/', pathNot: '^src/pipeline/ports\\.ts$' },
    ),
    rule('faces-apart', 'No face imports a face.', { path: '^src/action/' }, { path: '^src/cli/' }),
    rule('faces-apart-too', 'No face imports a face.', { path: '^src/cli/' }, { path: '^src/action/' }),
    rule('faces-apart-library', 'No face imports a face.', { path: '^src/(library/|index\\.ts$)' }, { path: '^src/(action|cli)/' }),
    rule('faces-apart-from-library', 'No face imports a face.', { path: '^src/(action|cli)/' }, { path: '^src/(library/|index\\.ts$)' }),
    rule('no-dev-packages', 'What is bundled is a dependency.', { path: '^src/' }, { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] }),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
