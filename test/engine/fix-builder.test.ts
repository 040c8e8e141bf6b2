/** What fixes write, and that it always parses. `«…»` marks the node that is changed. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyEdits } from '../../server/src/engine/apply-edits.ts';
import { FixBuilder } from '../../server/src/engine/fix-builder.ts';
import type { TextEdit } from '../../server/src/model/finding.ts';
import { nodeHost } from '../../server/src/node-host.ts';
import { type AwaitExpression, type FunctionNode, type Node, spanOf } from '../../server/src/typescript/ast.ts';
import type { FileView } from '../../server/src/typescript/file-view.ts';
import { Session } from '../../server/src/typescript/session.ts';
import { Workspace } from '../harness/workspace.ts';

type Change = (fix: FixBuilder, node: Node) => readonly TextEdit[] | undefined;

interface Case {
  readonly file: string;
  readonly source: string;
  readonly change: Change;
  readonly expected: string | undefined;
  readonly statement: boolean;
  /** What makes the file a module, so that `await` means what it does there. */
  readonly tail: string;
}

const asModule = '\nexport {}\n';

const cases: Case[] = [];

/** One change of one text; `expected` is undefined where nothing can be offered. */
function changes(
  title: string,
  change: Change,
  rows: readonly (readonly [source: string, expected: string | undefined])[],
  { extension = 'ts', statement = false, tail = asModule } = {},
): void {
  describe(title, () => {
    for (const [source, expected] of rows) {
      const one: Case = { file: `case-${cases.length}.${extension}`, source, change, expected, statement, tail };
      cases.push(one);
      it(source.replaceAll('\n', '⏎'), () => {
        expect(results.get(one)).toBe(expected);
      });
    }
  });
}

const results = new Map<Case, string | undefined>();
let session: Session;
let workspace: Workspace;

beforeAll(async () => {
  workspace = await Workspace.create();
  const texts = new Map(cases.map(({ file, source, tail }) => [file, source.replace(/[«»]/g, '') + tail]));
  const directory = await workspace.project('cases', texts);
  session = new Session({ host: nodeHost(), cwd: workspace.root });
  const files = cases.map(({ file }) => `${directory}/${file}`);
  await using lease = await session.lease(files, AbortSignal.timeout(60_000));
  for (const [index, one] of cases.entries()) {
    const file = files[index] ?? '';
    const view = await lease.program(file).view(file);
    if (!view) throw new Error(`${file} is not in the program.`);
    const edits = one.change(new FixBuilder(view), markedNode(view, one));
    results.set(one, edits && applyEdits(view.text, edits).slice(0, one.tail ? -one.tail.length : undefined));
  }
});

afterAll(async () => {
  await session.close();
  await workspace.remove();
});

function markedNode(view: FileView, { source, statement }: Case): Node {
  const start = source.indexOf('«');
  const end = source.indexOf('»') - 1;
  const found: Node[] = [];
  const visit = (node: Node): void => {
    const span = spanOf(node);
    if (span.start === start && span.end === end) found.push(node);
    node.forEachChild(visit);
  };
  if (start === -1) return view.sourceFile;
  visit(view.sourceFile);
  // An expression statement without a semicolon is as long as its expression.
  const node = statement ? found.find((each) => each !== view.sourceFile) : found.at(-1);
  if (!node) throw new Error(`Nothing is as long as the mark in ${source}`);
  return node;
}

const awaiting: Change = (fix, node) => fix.awaiting(node);

changes('awaiting', awaiting, [
  ['export async function f() { «g()»; }', 'export async function f() { await g(); }'],
  ['«a.b()».c;', '(await a.b()).c;'],
  ['«a()»[0];', '(await a())[0];'],
  ['«a()»();', '(await a())();'],
  ['«a()»!;', '(await a())!;'],
  ['«a()» as string;', 'await a() as string;'],
  ['«a()» ** 2;', '(await a()) ** 2;'],
  ['2 ** «a()»;', '2 ** await a();'],
  ['«a()» + 1;', 'await a() + 1;'],
  ['!«a()»;', '!await a();'],
  ['new «a»();', 'new (await a)();'],
  ['«a()»`x`;', '(await a())`x`;'],
  ['class A extends «a()» {}', 'class A extends (await a()) {}'],
  ['(«a()»).b;', '(await a()).b;'],
  ['f(«a || b»);', 'f(await (a || b));'],
  ['f(«a ? b : c», 1);', 'f(await (a ? b : c), 1);'],
  ['f(«async () => 1»);', 'f(await (async () => 1));'],
  ['f(«a as Promise<1>»);', 'f(await (a as Promise<1>));'],
  ['f(«new A()»);', 'f(await new A());'],
  ['f({ «a» });', 'f({ a: await a });'],
  ['f({ a: «b()» });', 'f({ a: await b() });'],
  ['f(`${«b()»}`);', 'f(`${await b()}`);'],
  ['for (const x of «a()») {}', 'for (const x of await a()) {}'],
  ['«a?.b()»;', 'await a?.b();'],
  ['«a?.b()».c;', '(await a?.b())?.c;'],
  ['«a?.b()»\n  // c\n  .c.d();', '(await a?.b())\n  // c\n  ?.c.d();'],
  ['«a?.b()»[0];', '(await a?.b())?.[0];'],
  ['«a?.b()»(1);', '(await a?.b())?.(1);'],
  ['«a?.b()»?.c;', '(await a?.b())?.c;'],
  ['«a.b()»?.c;', '(await a.b())?.c;'],
  ['void «a()»;', 'await a();'],
  ['«void a()»;', 'await a();'],
  ['void /* later */ «a()»;', 'await /* later */ a();'],
  ['void (a, «b()»);', 'void (a, await b());'],
  ['void («b()»);', 'await (b());'],
  ['void «b()».c;', 'void (await b()).c;'],
  ['await «b()»;', 'await b();'],
  ['const x = 1\n«a()».b\n', 'const x = 1\n;(await a()).b\n'],
  ['const x = 1\n«a()»\n', 'const x = 1\nawait a()\n'],
  ['const x = 1;\n«a()».b\n', 'const x = 1;\n(await a()).b\n'],
  ['if (x) {}\n«a()».b\n', 'if (x) {}\n(await a()).b\n'],
  ['if (x) y = {}\n«a()».b\n', 'if (x) y = {}\n;(await a()).b\n'],
  ['function f() {}\n«a()».b\n', 'function f() {}\n(await a()).b\n'],
  ['if (x)\n  «a()».b\n', 'if (x)\n  (await a()).b\n'],
  ['// why\n«a()»; // then', '// why\nawait a(); // then'],
  ['const f = async () => «a()».b;', 'const f = async () => (await a()).b;'],
]);

changes('voiding', (fix, node) => fix.voiding(node), [
  ['«a()»;', 'void a();'],
  ['void «a()»;', 'void a();'],
  ['f(() => «a()»);', 'f(() => void a());'],
  ['«a || b()»;', 'void (a || b());'],
  ['«a ? b() : c()»;', 'void (a ? b() : c());'],
  ['«(async () => {})()»;', 'void (async () => {})();'],
  ['x = 1\n«a()»', 'x = 1\nvoid a()'],
]);

changes('removeAwait', (fix, node) => fix.removeAwait(node as AwaitExpression), [
  ['«await a()»;', 'a();'],
  ['x = «await a()»;', 'x = a();'],
  ['(«await a()»).b;', 'a().b;'],
  ['(«await a»)[0];', 'a[0];'],
  ['( /* c */ «await a()»).b;', '( /* c */ a()).b;'],
  ['(\n«await a()»\n).b;', '(\na()\n).b;'],
  ['(«await a?.b()»).c;', '(a?.b()).c;'],
  ['new («await a()»)();', 'new (a())();'],
  ['(«await -a») ** 2;', '(-a) ** 2;'],
  ['(«await new A()»).b;', '(new A()).b;'],
  ['«await /* why */ a()»;', '/* why */ a();'],
  ['async function f() { return «await // why\n a()»; }', 'async function f() { return (// why\n a()); }'],
  ['async function f() { return «await\n a()»; }', 'async function f() { return a(); }'],
  ['async function f() { return («await a()»); }', 'async function f() { return (a()); }'],
  ['«await {}»;', '({});'],
  ['«await function () {}()»;', '(function () {}());'],
  ['const f = async () => «await {}»;', 'const f = async () => ({});'],
  ['x = 1\n«await (a)()»', 'x = 1\n;(a)()'],
  ['x = 1\n«await a()»', 'x = 1\na()'],
  ['-«await -a»;', '- -a;'],
  ['async () => «await a»;', 'async () => a;'],
  ['typeof «await a»;', 'typeof a;'],
]);

changes('catching', (fix, node) => fix.catching(node), [
  ['«a()»;', 'a().catch((error: unknown) => {\n  console.error(error);\n});'],
  ['void «a()»;', 'a().catch((error: unknown) => {\n  console.error(error);\n});'],
  ['«void a()»;', 'a().catch((error: unknown) => {\n  console.error(error);\n});'],
  [
    'function f() {\n    «a()»\n}',
    'function f() {\n    a().catch((error: unknown) => {\n        console.error(error)\n    })\n}',
  ],
  ['«a || b()»;', '(a || b()).catch((error: unknown) => {\n  console.error(error);\n});'],
  ['«new A»;', '(new A).catch((error: unknown) => {\n  console.error(error);\n});'],
  ['«a?.b()»;', 'a?.b().catch((error: unknown) => {\n  console.error(error);\n});'],
  ['void «(async () => {})()»;', 'void (async () => {})().catch((error: unknown) => {\n  console.error(error);\n});'],
  ['«a()\n  .then(b)»;', 'a()\n  .then(b)\n  .catch((error: unknown) => {\n    console.error(error);\n  });'],
  ['x = 1\n«a || b»\n', 'x = 1\n;(a || b).catch((error: unknown) => {\n  console.error(error)\n})\n'],
]);
changes(
  'catching in JavaScript',
  (fix, node) => fix.catching(node, { body: 'report(error);' }),
  [['«a()»;', 'a().catch((error) => {\n  report(error);\n});']],
  { extension: 'js' },
);

changes(
  'returning',
  (fix, node) => fix.returning(node),
  [
    ['function f() { «a();» }', 'function f() { return a(); }'],
    ['function f() { «void a();» }', 'function f() { return a(); }'],
    ['function f() { // c\n «a()»\n }', 'function f() { // c\n return a()\n }'],
    ['«a();»', undefined],
    ['class A { constructor() { «a();» } }', undefined],
  ],
  { statement: true },
);

changes(
  'wrapInTryCatch',
  (fix, node) => fix.wrapInTryCatch(node),
  [
    ['«a();»', 'try {\n  a();\n} catch (error) {\n  console.error(error);\n}'],
    [
      'function f() {\n  «a(\n    `x\ny`,\n\n  );» // c\n}',
      'function f() {\n  try {\n    a(\n      `x\ny`,\n\n    );\n  } catch (error) {\n    console.error(error);\n  } // c\n}',
    ],
    ['«const x = a();»', undefined],
  ],
  { statement: true },
);

const makeAsync: Change = (fix, node) => fix.makeAsync(node as FunctionNode);

changes('makeAsync', makeAsync, [
  ['«function f() {}»', 'async function f() {}'],
  ['«export function f(): string { return ""; }»', 'export async function f(): Promise<string> { return ""; }'],
  ['«export default function () {}»', 'export default async function () {}'],
  ['const f = «x => x»;', 'const f = async x => x;'],
  ['const f = «(x: number): number => x»;', 'const f = async (x: number): Promise<number> => x;'],
  ['const f = «<T>(x: T): T => x»;', 'const f = async <T>(x: T): Promise<T> => x;'],
  ['const f = «function () {}»;', 'const f = async function () {};'],
  ['const o = { «m() {}» };', 'const o = { async m() {} };'],
  ['const o = { «["m"]() {}» };', 'const o = { async ["m"]() {} };'],
  ['class A { «private static m(): void {}» }', 'class A { private static async m(): Promise<void> {} }'],
  ['class A { «@d /* c */ m() {}» }', 'class A { @d /* c */ async m() {} }'],
  ['class A { «#m() {}» }', 'class A { async #m() {} }'],
  ['«function f(): Promise<void> { return g(); }»', 'async function f(): Promise<void> { return g(); }'],
  ['«function f(): PromiseLike<void> { return g(); }»', 'async function f(): Promise<void> { return g(); }'],
  [
    '«function f(): Promise<string> | string | null { return g(); }»',
    'async function f(): Promise<string | null> { return g(); }',
  ],
  [
    '«function f(): string /* s */ | undefined { return g(); }»',
    'async function f(): Promise<string /* s */ | undefined> { return g(); }',
  ],
  ['«async function f() {}»', 'async function f() {}'],
  ['«function* f() {}»', undefined],
  ['class A { «constructor() {}» }', undefined],
  ['class A { «get a() { return 1; }» }', undefined],
  ['class A { «set a(x) {}» }', undefined],
  ['«function f(x: unknown): x is string { return true; }»', undefined],
  ['«function f(x: unknown): asserts x {}»', undefined],
  ['function f(): string;\n«function f() { return ""; }»', undefined],
  ['class A { m(): string; «m() { return ""; }» }', undefined],
]);
changes(
  'makeAsync in JavaScript',
  makeAsync,
  [
    [
      '/** @returns {string} the text */\n«function f() { return ""; }»',
      '/** @returns {Promise<string>} the text */\nasync function f() { return ""; }',
    ],
    [
      '/** @return {{ a: {} }} */\nexports.f = «() => ({ a: {} })»;',
      '/** @return {Promise<{ a: {} }>} */\nexports.f = async () => ({ a: {} });',
    ],
    [
      '/** @returns {Promise<string>} */\nconst f = «() => g()»;',
      '/** @returns {Promise<string>} */\nconst f = async () => g();',
    ],
    ['/** A line. */\n«function f() {}»', '/** A line. */\nasync function f() {}'],
  ],
  { extension: 'js' },
);

changes('dropAsync', (fix, node) => fix.dropAsync(node as FunctionNode), [
  ['«async function f(): Promise<string> { return ""; }»', 'function f(): string { return ""; }'],
  ['«export async function f() {}»', 'export function f() {}'],
  ['const f = «async x => x»;', 'const f = x => x;'],
  ['const f = «async (): Promise<() => void> => g»;', 'const f = (): (() => void) => g;'],
  ['class A { «static async m(): Promise<void> {}» }', 'class A { static m(): void {} }'],
  ['class A { x = 1\n «async [m]() {}» }', 'class A { x = 1\n ;[m]() {} }'],
  ['«async /* c */ function f() {}»', '/* c */ function f() {}'],
  ['«async function f(): Later { return g(); }»', undefined],
  ['«async function* f() {}»', undefined],
  ['«function f() {}»', undefined],
]);
changes('dropAsync with a promise for result', (fix, node) => fix.dropAsync(node as FunctionNode, 'promise'), [
  ['«async function f(): Promise<void> { return g(); }»', 'function f(): Promise<void> { return g(); }'],
]);

/** Imports and uses a name at the end, where the call to the name shows what the builder returned. */
function using(module: string, name: string, preferred?: string): Change {
  return (fix, node) => {
    const imported = fix.importing(module, name, preferred);
    return [...imported.edits, fix.insert(node.end, `use(${imported.name});`)];
  };
}

const readFile = using('node:fs/promises', 'readFile');

changes(
  'importing',
  readFile,
  [
    ['', "import { readFile } from 'node:fs/promises';\nuse(readFile);"],
    ['a();\n', "import { readFile } from 'node:fs/promises';\n\na();\nuse(readFile);"],
    [
      "import a from 'a';\n\na();\n",
      "import a from 'a';\nimport { readFile } from 'node:fs/promises';\n\na();\nuse(readFile);",
    ],
    [
      'import a from "a"\n\na()\n',
      'import a from "a"\nimport { readFile } from "node:fs/promises"\n\na()\nuse(readFile);',
    ],
    [
      "import a from 'a'; // c\na();\n",
      "import a from 'a'; // c\nimport { readFile } from 'node:fs/promises';\na();\nuse(readFile);",
    ],
    ["import a from 'fs';\n", "import a from 'fs';\nimport { readFile } from 'fs/promises';\nuse(readFile);"],
    ["import { access } from 'fs/promises';\n", "import { access, readFile } from 'fs/promises';\nuse(readFile);"],
    [
      "import { access, writeFile } from 'node:fs/promises';\n",
      "import { access, readFile, writeFile } from 'node:fs/promises';\nuse(readFile);",
    ],
    [
      "import { writeFile, access } from 'node:fs/promises';\n",
      "import { writeFile, access, readFile } from 'node:fs/promises';\nuse(readFile);",
    ],
    [
      "import {\n  access, // first\n  open, // second\n} from 'node:fs/promises';\n",
      "import {\n  access, // first\n  open, // second\n  readFile,\n} from 'node:fs/promises';\nuse(readFile);",
    ],
    [
      "import {\n  access,\n  open // second\n} from 'node:fs/promises';\n",
      "import {\n  access,\n  open, // second\n  readFile\n} from 'node:fs/promises';\nuse(readFile);",
    ],
    [
      "import {\n  access,\n  writeFile,\n} from 'node:fs/promises';\n",
      "import {\n  access,\n  readFile,\n  writeFile,\n} from 'node:fs/promises';\nuse(readFile);",
    ],
    ["import { readFile } from 'fs/promises';\n", "import { readFile } from 'fs/promises';\nuse(readFile);"],
    [
      "import { readFile as read } from 'node:fs/promises';\n",
      "import { readFile as read } from 'node:fs/promises';\nuse(read);",
    ],
    ["import * as fs from 'node:fs/promises';\n", "import * as fs from 'node:fs/promises';\nuse(fs.readFile);"],
    ["import fs from 'node:fs/promises';\n", "import fs from 'node:fs/promises';\nuse(fs.readFile);"],
    ["import fs = require('fs/promises');\n", "import fs = require('fs/promises');\nuse(fs.readFile);"],
    [
      "import type { FileHandle } from 'node:fs/promises';\n",
      "import type { FileHandle } from 'node:fs/promises';\nimport { readFile } from 'node:fs/promises';\nuse(readFile);",
    ],
    [
      "import { type readFile } from 'node:fs/promises';\n",
      "import { type readFile, readFile as readFile2 } from 'node:fs/promises';\nuse(readFile2);",
    ],
    ["import {} from 'node:fs/promises';\n", "import { readFile } from 'node:fs/promises';\nuse(readFile);"],
    [
      "import a from 'a';\nfunction f(readFile: string) {}\n",
      "import a from 'a';\nimport { readFile as readFile2 } from 'node:fs/promises';\nfunction f(readFile: string) {}\nuse(readFile2);",
    ],
    [
      "import a from 'a';\na.readFile({ readFile: 1 });\n",
      "import a from 'a';\nimport { readFile } from 'node:fs/promises';\na.readFile({ readFile: 1 });\nuse(readFile);",
    ],
    [
      '#!/usr/bin/env node\na();\n',
      "#!/usr/bin/env node\nimport { readFile } from 'node:fs/promises';\n\na();\nuse(readFile);",
    ],
    [
      '/* Copyright me */\na();\n',
      "/* Copyright me */\nimport { readFile } from 'node:fs/promises';\n\na();\nuse(readFile);",
    ],
    [
      '// About the file.\n\n// About a.\na();\n',
      "// About the file.\n\nimport { readFile } from 'node:fs/promises';\n\n// About a.\na();\nuse(readFile);",
    ],
    [
      '/** About f. */\nfunction f() {}\n',
      "import { readFile } from 'node:fs/promises';\n\n/** About f. */\nfunction f() {}\nuse(readFile);",
    ],
    ["'use strict';\na();\n", "'use strict';\nimport { readFile } from 'node:fs/promises';\na();\nuse(readFile);"],
    ['a();\r\nb();\r\n', "import { readFile } from 'node:fs/promises';\r\n\r\na();\r\nb();\r\nuse(readFile);"],
  ],
  { tail: '' },
);
changes(
  'importing a name that a global has',
  using('node:timers/promises', 'setTimeout', 'sleep'),
  [
    [
      'setTimeout(f, 1);\n',
      "import { setTimeout as sleep } from 'node:timers/promises';\n\nsetTimeout(f, 1);\nuse(sleep);",
    ],
    ['sleep();\n', "import { setTimeout as sleep2 } from 'node:timers/promises';\n\nsleep();\nuse(sleep2);"],
  ],
  { tail: '' },
);
changes(
  'importing from a package',
  using('p-map', 'pMapSkip'),
  [
    ["import pMap from 'p-map';\n", "import pMap, { pMapSkip } from 'p-map';\nuse(pMapSkip);"],
    ["import pMap, { a } from 'p-map';\n", "import pMap, { a, pMapSkip } from 'p-map';\nuse(pMapSkip);"],
  ],
  { tail: '' },
);
changes(
  'importing a default export',
  using('p-map', 'default'),
  [
    ["import a from 'a';\n", "import a from 'a';\nimport pMap from 'p-map';\nuse(pMap);"],
    ["import map from 'p-map';\n", "import map from 'p-map';\nuse(map);"],
  ],
  { tail: '' },
);
changes(
  'importing into CommonJS',
  readFile,
  [
    [
      "const a = require('a');\na();\n",
      "const a = require('a');\nconst { readFile } = require('node:fs/promises');\na();\nuse(readFile);",
    ],
    [
      "'use strict'\n\nconst a = require('fs')\n",
      "'use strict'\n\nconst a = require('fs')\nconst { readFile } = require('fs/promises')\nuse(readFile);",
    ],
    ["const fs = require('fs/promises');\n", "const fs = require('fs/promises');\nuse(fs.readFile);"],
    [
      "const { access } = require('fs/promises');\n",
      "const { access, readFile } = require('fs/promises');\nuse(readFile);",
    ],
    [
      "const { readFile: read } = require('fs/promises');\n",
      "const { readFile: read } = require('fs/promises');\nuse(read);",
    ],
    [
      "const { access, ...rest } = require('fs/promises');\n",
      "const { access, ...rest } = require('fs/promises');\nconst { readFile } = require('fs/promises');\nuse(readFile);",
    ],
    [
      "const readFile = require('x');\n",
      "const readFile = require('x');\nconst { readFile: readFile2 } = require('node:fs/promises');\nuse(readFile2);",
    ],
    [
      "'use strict';\nmodule.exports = 1;\n",
      "'use strict';\nconst { readFile } = require('node:fs/promises');\nmodule.exports = 1;\nuse(readFile);",
    ],
  ],
  { extension: 'cjs', tail: '' },
);

/** Replaces the marked callee, of which this may have been the last use. */
const instead: Change = (fix, node) => {
  let root = node as Node & { readonly expression?: Node };
  while (root.expression) root = root.expression;
  const imported = fix.importing('node:fs/promises', 'readFile', undefined, root);
  return [...imported.edits, fix.replace(node, imported.name)];
};

changes(
  'importing instead of something',
  instead,
  [
    [
      "import { readFileSync } from 'node:fs';\n«readFileSync»();\n",
      "import { readFile } from 'node:fs/promises';\nreadFile();\n",
    ],
    [
      "import { readFileSync, writeFileSync } from 'node:fs';\n«readFileSync»(writeFileSync);\n",
      "import { writeFileSync } from 'node:fs';\nimport { readFile } from 'node:fs/promises';\nreadFile(writeFileSync);\n",
    ],
    [
      "import { writeFileSync, readFileSync } from 'node:fs';\n«readFileSync»(writeFileSync);\n",
      "import { writeFileSync } from 'node:fs';\nimport { readFile } from 'node:fs/promises';\nreadFile(writeFileSync);\n",
    ],
    [
      "import { readFileSync } from 'node:fs';\nreadFileSync(«readFileSync»);\n",
      "import { readFileSync } from 'node:fs';\nimport { readFile } from 'node:fs/promises';\nreadFileSync(readFile);\n",
    ],
    [
      "// Why.\nimport * as fs from 'node:fs'; // files\n«fs.readFileSync»();\n",
      "// Why.\nimport { readFile } from 'node:fs/promises'; // files\nreadFile();\n",
    ],
    [
      "import fs from 'fs';\nimport { access } from 'fs/promises';\n«fs.readFileSync»(access);\n",
      "import { access, readFile } from 'fs/promises';\nreadFile(access);\n",
    ],
    [
      "import a from 'a';\nimport fs, { writeFileSync } from 'fs';\n«fs.readFileSync»(writeFileSync);\n",
      "import a from 'a';\nimport fs, { writeFileSync } from 'fs';\nimport { readFile } from 'fs/promises';\nreadFile(writeFileSync);\n",
    ],
    [
      "import { sync, open } from 'node:fs/promises';\n«sync»(open);\n",
      "import { readFile, open } from 'node:fs/promises';\nreadFile(open);\n",
    ],
    [
      "import {\n  readFileSync, // reads\n  writeFileSync,\n} from 'node:fs';\n«readFileSync»(writeFileSync);\n",
      "import {\n  readFileSync, // reads\n  writeFileSync,\n} from 'node:fs';\nimport { readFile } from 'node:fs/promises';\nreadFile(writeFileSync);\n",
    ],
  ],
  { tail: '' },
);
changes(
  'requiring instead of something',
  instead,
  [
    [
      "const { readFileSync } = require('fs');\n«readFileSync»();\n",
      "const { readFile } = require('fs/promises');\nreadFile();\n",
    ],
    [
      "const fs = require('fs'), path = require('path');\n«fs.readFileSync»();\n",
      "const fs = require('fs'), path = require('path');\nconst { readFile } = require('fs/promises');\nreadFile();\n",
    ],
  ],
  { extension: 'cjs', tail: '' },
);

describe('every result', () => {
  it('parses', async () => {
    const texts = Object.fromEntries(
      [...results].flatMap(([{ file, tail }, text]) =>
        text === undefined ? [] : [[`${workspace.root}/cases/${file}`, text + tail]],
      ),
    );
    const files = Object.keys(texts);
    await using lease = await session.lease(files, AbortSignal.timeout(60_000));
    const complaints = await lease.program(files[0] ?? '').diagnosticsWith(texts);
    expect(files.length).toBeGreaterThan(100);
    expect(
      complaints
        .filter(({ code }) => isSyntaxError(code))
        .map((complaint) => `${complaint.fileName}: ${complaint.text}\n${texts[complaint.fileName ?? '']}`),
    ).toEqual([]);
  });
});

/** TypeScript numbers its syntax errors from 1000 to 1999; 1308 and others of them speak of where `await` may stand. */
function isSyntaxError(code: number): boolean {
  return 1000 <= code && code < 1100;
}
