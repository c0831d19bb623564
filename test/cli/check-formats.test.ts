import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../src/check/verdict.ts';
import type { CheckedCase, CheckedFile } from '../../src/cli/check-file.ts';
import { githubCommands } from '../../src/cli/check-github.ts';
import { checkedJson, checkedOf } from '../../src/cli/check-json.ts';
import { checkedJunit } from '../../src/cli/check-junit.ts';
import { lostCase } from '../../src/cli/check-lost.ts';
import { checkedMarkdown } from '../../src/cli/check-summary.ts';
import { type CheckTextOptions, endText, fileText } from '../../src/cli/check-text.ts';
import { fc, test } from '../property.ts';

const caseOf = (name: string, verdict: Verdict, error = ''): CheckedCase => ({
  file: 'a.mjs',
  ...lostCase(name, 'threw', error),
  verdict,
});

const fileOf = (cases: readonly CheckedCase[], unread: readonly string[] = []): CheckedFile => ({
  file: 'a.mjs',
  cases,
  errors: unread.map((message) => ({ file: 'a.mjs', case: null, message })),
});

/** Any characters at all: lone surrogates, control characters, markup. */
const anyText = fc.oneof(
  fc.string({ unit: fc.integer({ min: 0, max: 0x10ffff }).map(String.fromCodePoint) }),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }),
  fc.string({
    unit: fc.constantFrom(
      '<',
      '&',
      '"',
      "'",
      '>',
      ']',
      '\n',
      '\r',
      '\t',
      '%',
      ':',
      ',',
      '`',
      '%0A',
      '%25',
      '```',
      '|',
      '\u0000',
      '\u0085',
      '\u00a0',
      '\u2028',
      '\ufeff',
    ),
  }),
);

/** An element of a small XML reader, which throws for whatever is not well-formed. */
interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };

const decoded = (raw: string): string =>
  raw.replace(/&(?:#(\d+)|(\w*));?|[<&]/g, (found, code: string, entity: string) => {
    const character = code ? String.fromCodePoint(Number(code)) : ENTITIES[entity];
    if (character === undefined || !found.endsWith(';')) throw new Error(`XML: "${found}"`);
    return character;
  });

/** The root of a document of elements, attributes and text. */
function readXml(document: string): Element {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0, §2.2
  const illegal = /[\p{Surrogate}\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/u.exec(
    document,
  );
  if (illegal) throw new Error(`XML: character ${illegal[0].codePointAt(0)} at ${illegal.index}`);
  const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
  if (!document.startsWith(declaration)) throw new Error('XML: no declaration');
  const top: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [top];
  const token = /<(\/?)([\w-]+)((?:[\t\n\r ]+[\w-]+="[^"<]*")*)[\t\n\r ]*(\/?)>|([^<]+)/y;
  token.lastIndex = declaration.length;
  while (token.lastIndex < document.length) {
    const at = token.lastIndex;
    const found = token.exec(document);
    if (!found) throw new Error(`XML: "${document.slice(at, at + 40)}"`);
    const [, closing, name, attributes, empty, text] = found;
    const inner = open.at(-1)!;
    if (text !== undefined)
      inner.text += decoded(text.replace(/\r\n?/g, '\n')); // §2.11
    else if (closing) {
      if (inner.name !== name) throw new Error(`XML: </${name}> in <${inner.name}>`);
      open.pop();
    } else {
      const pairs = [...attributes!.matchAll(/([\w-]+)="([^"]*)"/g)];
      const element: Element = {
        name: name!,
        // XML 1.0, §3.3.3: XML's own white space in an attribute is read as spaces, unless it is an
        // entity; a no-break space is none.
        attributes: Object.fromEntries(
          pairs.map(([, key, value]) => [key, decoded(value!.replace(/[\t\n\r]/g, ' '))]),
        ),
        children: [],
        text: '',
      };
      inner.children.push(element);
      if (!empty) open.push(element);
    }
  }
  if (open.length > 1 || top.children.length !== 1) throw new Error('XML: not one closed root');
  return top.children[0]!;
}

describe('JUnit', () => {
  const outcomes = {
    agrees: 'system-out',
    disagrees: 'failure',
    'not-finite': 'failure',
    threw: 'error',
    'timed-out': 'error',
    unresolved: 'skipped',
    unsupported: 'skipped',
  } as const;

  it.each(Object.entries(outcomes))('%s is %s', (verdict, outcome) => {
    const xml = readXml(checkedJunit([fileOf([caseOf('a case', verdict as Verdict)])], 3));
    const [suite] = xml.children;
    expect(suite!.attributes).toMatchObject({ name: 'a.mjs', tests: '1' });
    const [properties, testcase] = suite!.children;
    expect(properties!.children[0]!.attributes).toEqual({ name: 'seed', value: '3' });
    expect(testcase!.attributes).toEqual({ classname: 'a.mjs', name: 'a case', file: 'a.mjs' });
    expect(testcase!.children[0]!.name).toBe(outcome);
  });

  it('counts what it shows, in every suite and in all', () => {
    const some = fileOf(
      (Object.keys(outcomes) as Verdict[]).map((v) => caseOf(v, v)),
      ['x'],
    );
    const xml = readXml(checkedJunit([some, some, fileOf([])], 0));
    const each = { tests: '8', failures: '2', errors: '3', skipped: '2' };
    const all = { tests: '16', failures: '4', errors: '6', skipped: '4' };
    expect(xml.attributes).toMatchObject(all);
    expect(xml.children[0]!.attributes).toMatchObject(each);
    expect(xml.children[2]!.attributes).toMatchObject({ tests: '0', errors: '0' });
    for (const [name, count] of [
      ['failure', 'failures'],
      ['error', 'errors'],
      ['skipped', 'skipped'],
    ] as const) {
      const shown = xml.children[0]!.children.flatMap((c) => c.children).filter(
        (c) => c.name === name,
      );
      expect(`${shown.length}`).toBe(each[count]);
    }
  });

  test.prop([anyText, anyText])(
    'is well-formed, and reads back, whatever a case is called',
    (name, error) => {
      const xml = readXml(checkedJunit([fileOf([caseOf(name, 'threw', error)], [error])], 0));
      const testcase = xml.children[0]!.children[1]!;
      const legal = name
        .replace(/[\p{Surrogate}\ufffe\uffff]/gu, '\ufffd')
        // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0, §2.2
        .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '\ufffd');
      expect(testcase.attributes.name).toBe(legal);
      expect(testcase.children[0]!.text.startsWith(legal)).toBe(true);
    },
  );

  it('the reader of this test refuses what is not well-formed', () => {
    const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
    for (const bad of [
      '<a>',
      '<a></b>',
      '<a b="<"/>',
      '<a>&</a>',
      '<a>\u0001</a>',
      '<a/><a/>',
      '<a b=c/>',
    ]) {
      expect(() => readXml(declaration + bad), bad).toThrow('XML');
    }
  });
});

describe('GitHub', () => {
  const where = { seed: 0, workspace: '/somewhere/else' };
  const unescaped = (text: string): string =>
    text
      .replaceAll('%0D', '\r')
      .replaceAll('%0A', '\n')
      .replaceAll('%3A', ':')
      .replaceAll('%2C', ',')
      .replaceAll('%25', '%');

  test.prop([anyText])(
    'one command a line, whatever a case is called, and it reads back',
    async (name) => {
      const written = await githubCommands([fileOf([caseOf(name, 'threw')])], where);
      expect(written).toMatch(/^::error [^\r\n]*\n$/);
      const [, properties, ...message] = written.split('::');
      const title = properties!.split(',').find((p) => p.startsWith('title='))!;
      expect(title.slice(6)).not.toContain(':');
      expect(unescaped(title.slice(6))).toBe(`${name}: an error was thrown`);
      expect(unescaped(message.join('::')).startsWith(name)).toBe(true);
    },
  );

  it('warns of what is open, and tells nothing of what agrees', async () => {
    for (const [verdict, level] of [
      ['unresolved', 'warning'],
      ['unsupported', 'warning'],
      ['disagrees', 'error'],
    ] as const) {
      expect(await githubCommands([fileOf([caseOf('a', verdict)])], where)).toMatch(`::${level} `);
    }
    expect(await githubCommands([fileOf([caseOf('a', 'agrees')])], where)).toBe('');
  });

  it('tells what could not be read', async () => {
    expect(await githubCommands([fileOf([], ['a.mjs: no such file'])], where)).toMatch(
      /^::error file=.*a\.mjs,title=cannot be checked::a\.mjs: no such file\n$/,
    );
  });

  it('a summary of a thousand failures stays below GitHub’s limit of 1 MiB', () => {
    const cases = Array.from({ length: 1000 }, (_, i) =>
      caseOf(`case ${i}`, 'threw', 'x'.repeat(1000)),
    );
    const text = checkedMarkdown(checkedOf(0, [fileOf(cases)]), '1.2.3');
    expect(text.length).toBeLessThan(2 ** 20 / 2);
    expect(text).toContain('1000 cases: 1000 threw; seed 0.');
    expect(text).toContain('and 800 more');
  });

  test.prop([anyText])('no name breaks the summary’s table or its fences', (name) => {
    const text = checkedMarkdown(checkedOf(0, [fileOf([caseOf(name, 'threw', name)])]), '1.2.3');
    // Below the first heading stand the fences, where a name is as it was given.
    const table = text.slice(0, text.indexOf('\n### '));
    const rows = table.split('\n').filter((line) => line.startsWith('| '));
    expect(rows.length).toBe(3); // the titles, a line below them, the case
    for (const row of rows) expect(row.replaceAll('\\|', '').split('|').length).toBe(6);
    const [fence] = /^`{3,}(?=text$)/m.exec(text)!;
    expect(text.endsWith(`\n${fence}\n`)).toBe(true);
    expect(text.split(new RegExp(`^${fence}(?!\`)`, 'm')).length).toBe(3);
  });
});

describe('JSON', () => {
  it('writes what is not finite as strings, and every key where there is nothing to say', () => {
    const { taylor: _, ...rest } = lostCase('a', 'threw', 'x');
    const worst = {
      ...{ point: 0, slot: 'x', entry: 'x[0]', index: 0 },
      ...{ got: Number.NaN, expected: -Infinity, uncertainty: Infinity },
    };
    const checked = checkedOf(1, [fileOf([{ file: 'a.mjs', ...rest, worst }], ['b'])]);
    const { seed, cases, errors } = JSON.parse(checkedJson(checked));
    expect(seed).toBe(1);
    expect(cases[0].taylor).toBeNull();
    expect(cases[0].worst).toMatchObject({
      got: 'NaN',
      expected: '-Infinity',
      uncertainty: 'Infinity',
    });
    expect(errors).toEqual([{ file: 'a.mjs', case: null, message: 'b' }]);
  });
});

describe('text', () => {
  const options: CheckTextOptions = { seed: 0, columns: 80, colours: false };
  const checkedText = (file: CheckedFile, given = options): string =>
    fileText(file, given) + endText(checkedOf(given.seed, [file]), given);

  it('is nothing where there is no case', () => {
    expect(checkedText(fileOf([], ['a.mjs: no such file']))).toBe('');
  });

  it('counts what could not be checked', () => {
    const text = checkedText(fileOf([caseOf('a', 'threw', 'boom')], ['x', 'y']));
    expect(text).toBe('a.mjs\n  ✗ a  threw  boom\n\n1 case: 1 threw; 2 not checked; seed 0\n');
  });

  it.each([
    ['agrees', 32],
    ['disagrees', 31],
    ['unresolved', 33],
  ] as const)(
    '%s is painted on a terminal, and only the mark and the verdict are',
    (verdict, colour) => {
      const file = fileOf([caseOf('a', verdict, 'boom')]);
      const painted = checkedText(file, { ...options, colours: true });
      expect(painted).toContain(`\u001b[${colour}m${verdict}\u001b[39m`);
      expect(stripVTControlCharacters(painted)).toBe(checkedText(file));
      expect(painted.split('\u001b').length).toBe(5);
    },
  );

  test.prop([anyText])('a name is one line and moves no cursor', (name) => {
    const [, line, ...rest] = checkedText(fileOf([caseOf(name, 'threw', 'boom')])).split('\n');
    expect(line).toMatch(/^ {2}✗ .*threw/);
    expect(line).not.toMatch(/\p{Cc}/u);
    expect(rest.slice(-2)).toEqual(['1 case: 1 threw; seed 0', '']);
  });
});
