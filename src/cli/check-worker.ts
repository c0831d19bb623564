import { setTimeout as later } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { refuseUnknown } from '../check/gradient/case-fields.ts';
import { checkGradient } from '../check/gradient/check-gradient.ts';
import type { CheckResult } from '../check/gradient/check-result.ts';
import type { GradientCase } from '../check/gradient/gradient-case.ts';
import { subjectOf } from '../check/gradient/subject.ts';
import type { Verdict } from '../check/verdict.ts';
import { loadDefault } from '../node/load-module.ts';
import { endWithParent } from '../node/parent-watch.ts';
import { syntaxErrorLine } from '../node/syntax-error-line.ts';
import { lostCase } from './check-lost.ts';
import type { CheckMessage, CheckTask } from './check-messages.ts';

// The module of a process that checks the cases of one file, one after the other.

// Taken away, the file's code cannot speak for us, and finds itself in no child process.
const send = process.send!.bind(process);
delete process.send;

/** Resolves once it is sent, so that what ends the process next cannot swallow it. */
const tell = (message: CheckMessage): Promise<void> =>
  new Promise((sent, failed) =>
    send(message, undefined, undefined, (error) => (error ? failed(error) : sent())),
  );

// Nobody is left to be told: this ends too.
process.on('disconnect', () => process.exit());
endWithParent();

/** What code of the file threw when nothing of ours was waiting for it. */
let escaped: string | null = null;
const keep = (thrown: unknown): void => {
  escaped ??= lineOf(thrown);
};
process.on('uncaughtException', keep);
process.on('unhandledRejection', keep);

// The task is all that is ever sent; what fails is to tell of it, so nobody would hear of that either.
process.once('message', (task) => run(task as CheckTask).catch(() => process.exit(1)));

async function run({ path, seed, rtol, mode, from }: CheckTask): Promise<void> {
  await tell({ kind: 'ready' });
  const cases = await casesOf(path);
  if (typeof cases === 'string') await tell({ kind: 'unreadable', why: cases });
  else {
    await tell({ kind: 'loaded', names: cases.map(nameOf) });
    for (const [index, given] of cases.entries()) {
      if (index < from) continue;
      await tell({ kind: 'began', index });
      await tell(await outcome(given, index));
    }
  }
  await Promise.race([written(), later(PATIENCE)]);
  await tell({ kind: 'done' });

  async function outcome(given: unknown, index: number): Promise<CheckMessage> {
    let found: GradientCase;
    try {
      found = asCase(given, rtol);
      const { name } = subjectOf(found); // throws where it is malformed
      refuseUnknown(`case "${name}"`, found);
    } catch (error) {
      return { kind: 'malformed', index, why: lineOf(error, false) };
    }
    const result = resultOf(found);
    await later(1); // timers that f set without a delay come first
    const late = escaped;
    escaped = null;
    return { kind: 'checked', index, result: late === null ? result : spoilt(result, late) };
  }

  function resultOf(given: GradientCase): CheckResult {
    try {
      return checkGradient(given, { seed, mode });
    } catch (error) {
      console.error(error); // a fault of ours, or a case that is another at each look
      return lostCase(given.name, 'threw', `the check itself threw ${lineOf(error)}`);
    }
  }
}

/** Milliseconds to wait for that: the file may have put a stream of its own in the way. */
const PATIENCE = 1000;

/** Resolves once all that the file wrote is read by the parent, which ends this process next. */
const written = (): Promise<unknown> =>
  Promise.all(
    [process.stdout, process.stderr].map((stream) => new Promise((done) => stream.write('', done))),
  );

/** The cases, or why there are none. */
async function casesOf(path: string): Promise<readonly unknown[] | string> {
  let found: unknown;
  try {
    found = await loadDefault(path);
  } catch (thrown) {
    return `${lineOf(thrown)}${await placeOf(thrown, path)}`;
  }
  if (found === undefined) return `no default export, expected ${EXPECTED}`;
  if (typeof found !== 'object' || found === null) {
    return `default export: got ${found === null ? 'null' : typeof found}, expected ${EXPECTED}`;
  }
  if (Array.isArray(found) && found.length === 0) {
    return `default export: got an empty array, expected ${EXPECTED}`;
  }
  return Array.isArray(found) ? found : [found];
}

const EXPECTED = 'one case { name, f, gradient, at, … } or an array of them';

function nameOf(given: unknown, index: number): string {
  const name = typeof given === 'object' && given !== null && 'name' in given ? given.name : null;
  return typeof name === 'string' ? name : `case ${index}`;
}

/**
 * The case with its calls of f told of, and the `rtol` asked for. It may be of a class, or frozen, so
 * nothing is copied, and its functions find it as `this`.
 */
function asCase(given: unknown, rtol: number | null): GradientCase {
  if (typeof given !== 'object' || given === null) {
    throw new TypeError(`got ${given === null ? 'null' : typeof given}, expected an object`);
  }
  const { f, gradient, vjp } = given as Partial<GradientCase>; // `subjectOf` looks at every field
  const bound = Object.entries({ f: counted(f), gradient, vjp }).flatMap(([name, run]) =>
    typeof run === 'function' ? [[name, { value: run.bind(given) }] as const] : [],
  );
  return Object.create(given, {
    ...Object.fromEntries(bound),
    ...(rtol !== null && { rtol: { value: rtol } }),
  }) as GradientCase;
}

/** Milliseconds between two messages of how many calls there were. */
const NEWS = 100;

/** Tells of calls as they are made: while f runs, nothing else does. */
function counted(f: unknown): unknown {
  if (typeof f !== 'function') return f;
  let calls = 0;
  let next = 0;
  return function (this: unknown, x: Float64Array): unknown {
    calls++;
    const now = performance.now();
    if (now >= next) {
      next = now + NEWS;
      send(
        { kind: 'calls', calls, entries: x.length } satisfies CheckMessage,
        undefined,
        undefined,
        () => {},
      );
    }
    return f.call(this, x);
  };
}

/** Verdicts that say nothing against f or its gradient. */
const SPOTLESS: readonly Verdict[] = ['agrees', 'unresolved', 'unsupported'];

/** What escapes counts where nothing else is wrong: a rejected Promise was already a wrong type. */
const spoilt = (result: CheckResult, late: string): CheckResult =>
  SPOTLESS.includes(result.verdict)
    ? lostCase(result.name, 'threw', `outside of any call: ${late}`, result.evaluations)
    : result;

/** What was thrown, in one line. */
function lineOf(thrown: unknown, withName = true): string {
  if (!(thrown instanceof Error))
    return typeof thrown === 'string' ? thrown : 'something that is no Error';
  const text = withName ? `${thrown.name}: ${thrown.message}` : thrown.message;
  return text.split('\n')[0]!;
}

/** Where in the file it was thrown, in brackets; '' where that is not known. */
async function placeOf(thrown: unknown, path: string): Promise<string> {
  if (!(thrown instanceof Error)) return '';
  for (const name of [pathToFileURL(path).href, path]) {
    const [, after] = (thrown.stack ?? '').split(`${name}:`);
    const line = Number.parseInt(after ?? '', 10);
    if (line > 0) return ` (line ${line})`;
  }
  if (!(thrown instanceof SyntaxError)) return '';
  const line = await syntaxErrorLine(path);
  return line === null ? ' (in a module that it imports)' : ` (line ${line})`;
}
