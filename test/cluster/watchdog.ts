import { readRecords, stopRecords } from './processes';

/**
 * Runs beside a control plane and holds one end of a pipe to the process that started it. However that process ends,
 * also by SIGKILL, the pipe closes, and the watchdog stops what it has left behind.
 *
 * Usage: watchdog.ts FOLDER
 */
const [folder = ''] = process.argv.slice(2);

// Ctrl-C goes to every process of the terminal: the one that matters is handled by the process we watch.
process.on('SIGINT', () => undefined);
process.stdin.resume();
process.stdin.on('error', () => undefined);
process.stdin.on('close', () => {
  // Empty when the run was stopped in the ordinary way.
  void stopRecords(readRecords(folder)).then(() => process.exit(0));
});
