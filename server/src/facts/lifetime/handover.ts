import {
  type CallExpression,
  isIdentifier,
  isParameterDeclaration,
  lastName,
  type NewExpression,
  unwrap,
} from '../../typescript/ast.ts';
import type { Oracle } from '../../typescript/oracle.ts';
import { referencesTo } from '../../typescript/references.ts';
import { type HeldUse, useOf } from './held-values.ts';

/** What counts as releasing something: the names of its methods. */
export type Releases = (member: string) => boolean;

/**
 * Whether a use ends the need to release something, or leaves it to somebody else. Uses that only look at it or work
 * with it do not.
 */
export async function endsDuty(use: HeldUse, releases: Releases, types: Oracle, depth = 0): Promise<boolean> {
  switch (use.kind) {
    case 'escape':
    case 'iterate':
      return true;
    case 'method':
      return releases(use.member);
    case 'member':
      return use.member === '' || releases(use.member);
    case 'argument':
      return takesOver(use.call, use.index, releases, types, depth);
    default:
      return false;
  }
}

/**
 * Whether a function that is given something closes it, keeps it or passes it on. What is not in the project is taken
 * to do so, but for what is known to only look.
 */
export async function takesOver(
  call: CallExpression | NewExpression,
  index: number,
  releases: Releases,
  types: Oracle,
  depth = 0,
): Promise<boolean> {
  if (isBorrower(call) || depth > deepest) return depth > deepest;
  const callee = unwrap(call.expression);
  const functions = callee.kind === call.kind ? [] : await types.functionsOf(call.expression);
  if (functions.length === 0) return true;
  const answers = await Promise.all(
    functions.map(async (fn) => {
      const parameter = fn.parameters[index];
      if (!parameter || !isParameterDeclaration(parameter) || parameter.dotDotDotToken || parameter.modifiers?.length)
        return true;
      if (!isIdentifier(parameter.name) || !fn.body) return true;
      const uses = referencesTo(parameter.name).map(useOf);
      const ends = await Promise.all(uses.map((use) => endsDuty(use, releases, types, depth + 1)));
      return ends.includes(true);
    }),
  );
  return answers.includes(true);
}

/** `fs.closeSync(fd)`: a function that closes what it is given, by its name. */
export function isClosingCall(use: HeldUse): boolean {
  return (
    use.kind === 'argument' && /^(?:close|closeSync|destroy|dispose|release)$/.test(lastName(use.call.expression) ?? '')
  );
}

const deepest = 2;

/** Functions that read, write or print what they are given and leave it open. */
function isBorrower({ expression }: CallExpression | NewExpression): boolean {
  const name = lastName(expression);
  const text = unwrap(expression).getText();
  return (
    borrowers.has(name ?? '') || /^(?:console|log|logger)\b/.test(text) || /^(?:Boolean|String|Number)$/.test(text)
  );
}

const borrowers = new Set([
  'once',
  'readFile',
  'writeFile',
  'appendFile',
  'isDeepStrictEqual',
  'inspect',
  'stringify',
  'expect',
]);
