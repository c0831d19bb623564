import { join, resolve, sep } from 'node:path';
import { packageHome } from '../node/environment.ts';

/** The checkout's own, or, for an installed package, one in the current folder. */
export function reportsFolder(): string {
  const home = packageHome();
  return home.split(sep).includes('node_modules') ? resolve('reports') : join(home, 'reports');
}
