import { byName } from '../../knowledge/by-name.ts';
import {
  isCallExpression,
  isIdentifier,
  isPropertyAccessExpression,
  lastName,
  type Node,
  type SourceFile,
  unwrap,
} from '../../typescript/ast.ts';

const known = new WeakMap<SourceFile, boolean>();

/** Files in which nobody waits behind a blocking call: tests, build scripts, configurations and worker threads. */
export function blocksOnPurpose(file: SourceFile): boolean {
  let answer = known.get(file);
  if (answer === undefined)
    known.set(file, (answer = isTestPath(file.fileName) || isBuildScript(file.fileName) || isWorker(file)));
  return answer;
}

/** Whether a node stands in a callback of a test runner, whatever the file is called. */
export function isInTest(node: Node): boolean {
  for (let at: Node | undefined = node.parent; at; at = at.parent) {
    if (!isCallExpression(at)) continue;
    const callee = unwrap(at.expression);
    const root = isPropertyAccessExpression(callee) ? unwrap(callee.expression) : callee;
    if (isIdentifier(root) && testFunctions.has(root.text) && at.arguments.length > 0 && isTestLike(at)) return true;
  }
  return false;
}

const testFunctions = new Set(
  'after afterAll afterEach before beforeAll beforeEach bench context describe it suite test'.split(' '),
);

/** `test('name', …)` and `beforeEach(() => …)`, not somebody's own `test(value)`. */
function isTestLike(call: Node & { readonly arguments: readonly Node[] }): boolean {
  return call.arguments.some((argument) => 'body' in argument) && lastName(call) !== undefined;
}

/** Tests, what helps them, and what they run on. */
export const isTestPath = byName((path) => testFolder.test(path) || testFile.test(path));

/** `tests`, `integration-tests`, `v4-test-suite`, `__fixtures__`, `evals`, and the playgrounds that end-to-end tests run in. */
const testFolder =
  /(?:^|\/)(?:__(?:tests|mocks|fixtures)__|mocks?|(?:[\w-]+-)?(?:tests?|specs?|e2e)(?:-suites?)?|fixtures?|test-?utils?|testing|benchmarks?|bench|evals?)\//;
const testFile =
  /(?:[.-](?:tests?|specs?|e2e|cy|bench|eval)|(?:^|[./-])test-?(?:utils?|helpers?|setup|rig))\.[cm]?[jt]sx?$/i;

/**
 * The folders count only near the file, because a project itself may lie in a folder called `build`. What lies below
 * `src` is the product, even where it is called `tools` or `esbuild.ts`.
 */
function isBuildScript(path: string): boolean {
  if (/(?:^|\/)(?:scripts?|build|tasks|hack|\.github)\/(?:[^/]+\/){0,2}[^/]+$/.test(path) || buildFile.test(path))
    return true;
  if (migration.test(path) || wizard.test(path)) return true;
  return !path.includes('/src/') && (/(?:^|\/)tools?\/(?:[^/]+\/)?[^/]+$/.test(path) || toolFile.test(path));
}

/** `npm create thing` asks one person, writes a project and ends. */
const wizard = /(?:^|\/)create-[\w-]+\/(?:src|lib)\//;

/** Changes of a database are made by a tool, one after another, before anybody is served. */
const migration = /(?:^|\/)(?:migrations?|seed(?:er)?s?)\/[^/]+$|(?:^|\/)(?:[\w-]+[-.])?seed\.[cm]?[jt]s$/;

const buildFile =
  /(?:^|\/)(?:gulpfile|gruntfile|jakefile)[\w.-]*\.[cm]?[jt]s$|\.(?:config|conf|setup|global-?setup)\.[cm]?[jt]s$|(?:^|\/)(?:global|vitest|jest|test)-?(?:setup|teardown)[\w.-]*\.[cm]?[jt]s$/i;
const toolFile =
  /(?:^|\/)(?:karma|webpack|rollup|esbuild|vite|vitest|jest|playwright|metro|babel|tailwind|postcss)(?:\.[\w.-]+)?\.[cm]?[jt]s$/i;

/** A worker may block: that is what it is there for. */
function isWorker({ fileName, text }: SourceFile): boolean {
  if (/[.-]worker\.[cm]?[jt]s$/.test(fileName) && !/\bnew Worker\(/.test(text)) return true;
  return /\bworker_threads['"]/.test(text) && /\b(?:parentPort|workerData|isMainThread)\b/.test(text);
}
