import {
  type FunctionNode,
  isClassLikeDeclaration,
  isMethodDeclaration,
  isObjectLiteralExpression,
  isPropertyDeclaration,
  type Node,
  wrapped,
} from '../../typescript/ast.ts';
import type { Oracle } from '../../typescript/oracle.ts';
import { functionName } from '../uses.ts';

/** Packages whose base classes are commands of a program that runs one of them and ends. */
const commandPackages = new Set(['@oclif/core', '@oclif/command', 'clipanion', 'nest-commander', 'gluegun']);

/**
 * Whether a function is the work of one command of a command-line program, which nobody else waits for: the `handler` of
 * an object or a class as yargs wants it, or a method of a class that extends a command of a known package.
 */
export async function isCommand(fn: FunctionNode, types: Oracle): Promise<boolean> {
  const member = isMethodDeclaration(fn) ? fn : wrapped(fn).parent;
  const owner = member.parent;
  if (!owner) return false;
  if (isObjectLiteralExpression(owner)) return functionName(fn)?.text === 'handler' && isDescribed(owner.properties);
  if (!isClassLikeDeclaration(owner) || !(isMethodDeclaration(fn) || isPropertyDeclaration(member))) return false;
  if (isDescribed(owner.members) && owner.members.some((other) => nameOf(other) === 'handler')) return true;
  const base = owner.heritageClauses?.[0]?.types[0];
  if (!base || !/command/i.test(base.getText())) return false;
  const heritage = await (await types.typeOf(owner.name ?? owner)).heritage();
  return heritage.some(({ packageName }) => packageName !== undefined && commandPackages.has(packageName));
}

/** `{ command, describe, … }`. */
function isDescribed(members: readonly Node[]): boolean {
  const names = members.map(nameOf);
  return names.includes('command') && (names.includes('describe') || names.includes('builder'));
}

function nameOf(member: Node): string | undefined {
  return (member as { readonly name?: Node }).name?.getText();
}
