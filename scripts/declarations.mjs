// The types of the library in one file that needs no other: dist/library/index.d.ts. Declarations of src/library come as they are written;
// types of records, which the schemas make, are written out, so that a reader needs neither zod nor our sources.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Their declarations are taken over, in this order. */
const written = ['src/errors.ts', 'src/library/types.ts', 'src/library/define.ts', 'src/index.ts'];

/** @returns the text of the file. */
export function libraryDeclarations() {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: ['src/index.ts', 'src/core.d.ts'] }, ts.sys, root);
  const host = ts.createCompilerHost(options);
  const program = ts.createProgram([join(root, 'src/index.ts')], { ...options, noEmit: false, declaration: true, emitDeclarationOnly: true }, host);
  const names = exportedNames(program);
  const parts = written.map((file) => ownDeclarations(program, file, names));
  const records = recordTypes(program);
  const types = records.map(({ name, text }) => `${names.has(name) ? 'export ' : ''}type ${name} = ${text};`);
  return `${[...types, ...parts].join('\n\n')}\n\nexport {};\n`;
}

/** The names that a program may import. */
function exportedNames(program) {
  const checker = program.getTypeChecker();
  const index = checker.getSymbolAtLocation(program.getSourceFile(join(root, 'src/index.ts')));
  return new Set(checker.getExportsOfModule(index).map(({ name }) => name));
}

/** The emitted declarations of a file without its imports; what the index does not hand out is not exported. */
function ownDeclarations(program, file, names) {
  let text = '';
  program.emit(program.getSourceFile(join(root, file)), (_, output) => (text = output), undefined, true);
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const kept = source.statements.filter((statement) => !ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement));
  return kept
    .map((statement) => {
      const lines = statement.getFullText(source).trim();
      const declared = statement.name?.text ?? statement.declarationList?.declarations[0]?.name.text;
      if (declared === 'systems') return withoutModules(lines);
      return names.has(declared) ? lines : lines.replace(/^export (declare )?/m, (_, declare = '') => declare);
    })
    .join('\n');
}

/** Modules that the one file does not hold: their functions come without types. */
function withoutModules(text) {
  return text.replace(/Promise<typeof import\([^)]*\)>/g, 'Promise<any>');
}

/** Every type of src/records that the declarations name, and those that these name, written out. */
function recordTypes(program) {
  const checker = program.getTypeChecker();
  const flags = ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.InTypeAlias | ts.TypeFormatFlags.UseSingleQuotesForStringLiteralType;
  const types = program.getSourceFile(join(root, 'src/library/types.ts'));
  const found = new Map();
  const visit = (symbol) => {
    const alias = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    if (found.has(alias.name)) return;
    const text = checker.typeToString(checker.getDeclaredTypeOfSymbol(alias), undefined, flags);
    found.set(alias.name, text);
    for (const [, name] of text.matchAll(/(?<![\w'"])([A-Z]\w+)(?!\w*['"?:])/g)) {
      if (['Record', 'Partial', 'Pick', 'Omit', 'Readonly'].includes(name)) continue;
      for (const file of program.getSourceFiles().filter(({ fileName }) => fileName.includes('/src/records/'))) {
        const module = checker.getSymbolAtLocation(file);
        const inner = module && checker.getExportsOfModule(module).find((candidate) => candidate.name === name);
        if (inner) visit(inner);
      }
    }
  };
  for (const statement of types.statements.filter(ts.isImportDeclaration)) {
    if (!statement.moduleSpecifier.text.includes('/records/')) continue;
    for (const { name } of statement.importClause.namedBindings.elements) visit(checker.getSymbolAtLocation(name));
  }
  return [...found].map(([name, text]) => ({ name, text }));
}

/** Writes the file. */
export function writeDeclarations(path) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, libraryDeclarations());
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeDeclarations(process.argv[2] ?? join(root, 'dist/library/index.d.ts'));
