import { ExitCode, ToolError } from '../errors.ts';

/** What a system call says when the machine cannot do it, and what to do about it: https://man7.org/linux/man-pages/man3/errno.3.html */
const remedies: Readonly<Record<string, string>> = {
  ENOSPC: 'make room on the disk and try again',
  EDQUOT: 'make room on the disk and try again',
  EIO: 'the disk or the connection to it fails: try again, or on another disk',
  ESTALE: 'the disk or the connection to it fails: try again, or on another disk',
  EROFS: 'the disk is read-only: choose another folder with --output',
  EACCES: 'check the permissions of the file and of its folders',
  EPERM: 'check the permissions of the file and of its folders',
  EBUSY: 'another process uses the file: close it and try again',
  EMFILE: 'too many files are open: raise the limit (ulimit -n), or ask for less at once with --concurrency',
  ENFILE: 'too many files are open on this machine: close some and try again',
  EAGAIN: 'this machine has no room for another process: try again, or ask for less at once with --concurrency',
  ENOMEM: 'this machine has no memory left: close something and try again',
  ENOTDIR: 'a part of the path is a file: check the path',
  EISDIR: 'the path is a folder: check the path',
  ELOOP: 'the path has too many links: check the path',
  ENAMETOOLONG: 'the path is too long: choose a shorter one',
};

/**
 * An error of a system call that the machine refused, such as a full disk, as one that its user can fix; anything else as it is.
 * Those that are foreseen are told with more words where they happen: this is for the rest.
 */
export function withoutMachineErrors(error: unknown): unknown {
  if (error instanceof ToolError || !(error instanceof Error) || !('syscall' in error) || !('code' in error)) return error;
  const remedy = typeof error.code === 'string' && Object.hasOwn(remedies, error.code) ? remedies[error.code] : undefined;
  if (remedy === undefined) return error;
  return new ToolError({ code: 'machine-refused', message: error.message, remedy, exitCode: ExitCode.incomplete, cause: error });
}
