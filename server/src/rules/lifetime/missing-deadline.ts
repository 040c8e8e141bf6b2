import { passSignal } from '../../engine/signal-fixes.ts';
import { holderOf } from '../../facts/lifetime/held-values.ts';
import { raceOf } from '../../facts/lifetime/promise-timers.ts';
import { endsSoon } from '../../facts/lifetime/timers.ts';
import { shortName } from '../../facts/promises/dropped-name.ts';
import type { NetworkCall } from '../../knowledge/network-calls.ts';
import type { Fix } from '../../model/finding.ts';
import {
  type CallExpression,
  calleeName,
  isCallExpression,
  isIdentifier,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isSpreadAssignment,
  isSpreadElement,
  isVariableDeclaration,
  lastName,
  type Node,
  type SourceFile,
  unwrap,
  wrapped,
} from '../../typescript/ast.ts';
import { declarationName } from '../../typescript/lexical-scopes.ts';
import { remember } from '../../typescript/remember.ts';
import { defineRule, type RuleContext } from '../define.ts';

const messages = {
  unbounded: {
    text: '{call} waits for the other side for as long as that takes: it has no deadline',
    why: 'A server that accepts the connection and never answers keeps this call, and whoever waits for it, for minutes or for ever. Under load the waiting requests pile up until nothing is left.',
    help: 'Pass `signal: AbortSignal.timeout(ms)`, together with the signal in scope where there is one.',
  },
} as const;

type Context = RuleContext<keyof typeof messages>;

/** Invariant: where a signal is in scope, passing it on comes first, and `unforwarded-signal` says so. */
export const missingDeadline = defineRule({
  id: 'missing-deadline',
  family: 'lifetime',
  principle: 6,
  summary: 'A network call on a request path that has neither a timeout nor a signal',
  preset: 'strict',
  severity: 'information',
  since: '0.1.0',
  equivalents: [],
  options: {},
  messages,
  on: {
    CallExpression(call, ctx) {
      const name = lastName(call.expression) ?? '';
      if (!ctx.knowledge.network.mayCall(name) || ctx.file.isTest) return undefined;
      // `map.get` and its like: such names count only where the file speaks of a client for HTTP.
      if (name === 'request' && !ctx.file.text.includes('undici') && !speaksOfHttp(ctx.file.sourceFile))
        return undefined;
      return name === 'fetch' || speaksOfHttp(ctx.file.sourceFile) ? check(call, ctx) : undefined;
    },
  },
});

const speaking = new WeakMap<SourceFile, { readonly is: boolean }>();

function speaksOfHttp(file: SourceFile): boolean {
  return remember(speaking, file, () => ({
    is: /['"](?:node:)?(?:https?|axios|got|undici|node-fetch|cross-fetch|follow-redirects)['"]/.test(file.text),
  })).is;
}

async function check(call: CallExpression, ctx: Context): Promise<void> {
  if (endsSoon(call) || raceOf(call) || isLocal(call) || isForBrowser(ctx.file) || isForTerminal(ctx.file)) return;
  const known = ctx.knowledge.network.call(await ctx.types.origins(call.expression));
  if (!known || isBounded(call, known) || isBoundedLater(call, known)) return;
  if (/\baxios\.defaults\.timeout\b/.test(ctx.file.text) || isOfBoundedClient(call)) return;
  const entry = await ctx.facts.entryAt(call);
  if (!entry) return ctx.silent(call, 'nobody waits for it but the program itself');
  if ((await ctx.facts.cancellation.signalsAt(call)).length > 0)
    return ctx.silent(call, 'a signal is in scope, and passing that one on comes first');
  if (await ctx.facts.runsAtStartUp(call)) return;
  ctx.report('unbounded', calleeName(call), {
    data: { call: `\`${shortName(call.expression)}\`` },
    fixes: async () => [await withTimeout(call, ctx)],
  });
}

/** In a browser one user waits, who can go elsewhere; a service has many. */
function isForBrowser({ path, text }: Context['file']): boolean {
  return (
    /\.[jt]sx$/.test(path) ||
    /\b(?:window|document|localStorage|navigator|Blob|FileReader|WebAssembly)\b|['"](?:react|vue|svelte|preact)['"]/.test(
      text,
    )
  );
}

/** Before a terminal one user waits too, who can press Ctrl-C; a job has a time limit of its own. */
function isForTerminal({ text }: Context['file']): boolean {
  return /['"](?:chalk|picocolors|kleur|ora|prompts|inquirer|@inquirer\/[\w-]+|enquirer|commander|yargs|cac|@clack\/prompts|@actions\/core)['"]/.test(
    text,
  );
}

/** What lies beside the program answers, or does not exist. */
function isLocal(call: CallExpression): boolean {
  const [url] = call.arguments;
  const text = url?.getText() ?? '';
  if (/^['"`]\//.test(text) && isOfOtherHost(call)) return false;
  return /import\.meta|^['"`]\/|wasm|\bchrome\.runtime\b|^['"`](?:data|blob|file):|localhost|127\.0\.0\.1/.test(text);
}

/** `const http = axios.create({ baseURL: 'https://…' })`: what follows the slash is not beside the program. */
function isOfOtherHost(call: CallExpression): boolean {
  return /\b(?:baseURL|prefixUrl):\s*(?:['"`]https?:|process\.env)/.test(clientText(call));
}

/** Whether the client was made with a deadline, or with something that may hold one, or is given one later. */
function isOfBoundedClient(call: CallExpression): boolean {
  const made = clientText(call);
  if (!/\.create\(/.test(made)) return false;
  const isOpen = /\b(?:timeout|signal|adapter|httpAgent|httpsAgent)\b|\.\.\.|\.create\(\s*[^{\s]/.test(made);
  return isOpen || /\.defaults\.timeout\b|\.interceptors\.request\b/.test(call.getSourceFile().text);
}

/** How the client that a method is called on was made, where a constant of the file holds it. */
function clientText(call: CallExpression): string {
  const callee = unwrap(call.expression);
  const client = isPropertyAccessExpression(callee) ? unwrap(callee.expression) : undefined;
  const declaration = client && isIdentifier(client) ? declarationName(client)?.parent : undefined;
  return declaration && isVariableDeclaration(declaration) ? (declaration.initializer?.getText() ?? '') : '';
}

/** Whether its options bound it, or cannot be seen. */
function isBounded(call: CallExpression, { options, keys }: NetworkCall): boolean {
  const args = call.arguments.map(unwrap);
  const given = options === 'any' ? args : args.slice(options, options + 1);
  // A request that was made elsewhere brings its signal along.
  const [first] = args;
  if (!first || isSpreadElement(first) || (isIdentifier(first) && /req/i.test(first.text))) return true;
  return given.some((argument, index) => {
    if (!isObjectLiteralExpression(argument)) {
      const isUrl = options === 'any' && index === 0;
      return isOpaque(argument) && !isUrl;
    }
    return argument.properties.some(
      (property) =>
        isSpreadAssignment(property) ||
        // Cookies are a browser's.
        (property as { readonly name?: Node }).name?.getText() === 'credentials' ||
        keys.includes((property as { readonly name?: Node }).name?.getText() ?? ''),
    );
  });
}

/** A variable or a call may hold a deadline; a function is a callback. */
function isOpaque(argument: Node): boolean {
  return isIdentifier(argument) || isPropertyAccessExpression(argument) || isCallExpression(argument);
}

/** `http.get(…).setTimeout(ms)`, in the chain or by the variable. */
function isBoundedLater(call: CallExpression, { later }: NetworkCall): boolean {
  if (!later) return false;
  const holder = holderOf(call);
  if (holder.kind === 'variable')
    return holder.uses.some(
      (use) =>
        (use.kind === 'method' && (later.includes(use.member) || isListeningFor(use.call, later))) ||
        use.kind === 'argument' ||
        use.kind === 'escape',
    );
  if (holder.kind !== 'dropped' && holder.kind !== 'passing') return true;
  for (let at: Node = call; ; ) {
    const access = wrapped(at).parent;
    if (!isPropertyAccessExpression(access) || !isCallExpression(access.parent)) return false;
    if (later.includes(access.name.text) || isListeningFor(access.parent, later)) return true;
    at = access.parent;
  }
}

function isListeningFor(call: CallExpression, events: readonly string[]): boolean {
  const event = call.arguments[0]?.getText().slice(1, -1);
  return event !== undefined && events.includes(event) && /^(?:on|once)$/.test(lastName(call.expression) ?? '');
}

async function withTimeout(call: CallExpression, ctx: Context): Promise<Fix | undefined> {
  const place = await ctx.facts.acceptsSignal(call);
  if (!place || place === 'given' || place.type !== 'AbortSignal') return undefined;
  const signal = { text: 'AbortSignal.timeout(10_000)', view: undefined, isOptional: false };
  const edits = await passSignal(call, place, signal, ctx);
  return edits && ctx.fix.choice('Give it ten seconds', edits);
}
