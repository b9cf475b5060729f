// Type-checks the files that are named, by the tsconfig.json of the working folder; of what they import only as much as they need.
// Prints what is wrong; exit 1 then.
import ts from 'typescript';

const fail = ({ messageText }) => {
  throw new Error(ts.flattenDiagnosticMessageText(messageText, '\n'));
};
const files = process.argv.slice(2);
const { options } = ts.getParsedCommandLineOfConfigFile('tsconfig.json', {}, { ...ts.sys, onUnRecoverableConfigFileDiagnostic: fail });
const program = ts.createProgram(files, options);
const found = files.flatMap((file) => {
  const source = program.getSourceFile(file);
  if (source === undefined) throw new Error(`${file} is not there`);
  return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
});
const format = { getCanonicalFileName: (name) => name, getCurrentDirectory: () => process.cwd(), getNewLine: () => '\n' };
process.stdout.write(ts.formatDiagnostics([...program.getOptionsDiagnostics(), ...found], format));
process.exitCode = found.length === 0 ? 0 : 1;
