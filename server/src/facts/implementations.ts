import {
  type FunctionNode,
  isClassLikeDeclaration,
  isMethodSignatureDeclaration,
  isPropertySignatureDeclaration,
  type Node,
  SyntaxKind,
} from '../typescript/ast.ts';
import type { Oracle } from '../typescript/oracle.ts';
import { functionKey } from './inquiry.ts';
import { targetsOf, targetsOfMember } from './targets.ts';

/**
 * The declarations in the project that may run where a member is called: for a member of a class, those of its
 * subclasses; for one of an interface or a type, all that say they have it. Undefined where there are too many.
 * @param name the name in the member's declaration
 */
export async function implementationsOf(name: Node, types: Oracle): Promise<readonly Node[] | undefined> {
  const member = name.parent;
  const owner = member.parent;
  const related = await types.relatedMembers(name, isClassLikeDeclaration(owner) ? 'class' : 'type');
  const others = related?.filter(
    (found) =>
      functionKey(found) !== functionKey(member) && !isSignature(found) && !found.getSourceFile().isDeclarationFile,
  );
  if (!others || !isClassLikeDeclaration(owner)) return others;
  const answers = await Promise.all(others.map((found) => isInSubclass(found, owner, types, 0)));
  return others.filter((_, index) => answers[index]);
}

/** Every function that a callee may enter, and nothing but functions of the project; otherwise undefined. */
export async function allBodies(callee: Node, types: Oracle): Promise<readonly FunctionNode[] | undefined> {
  const found: FunctionNode[] = [];
  for (const target of await targetsOf(callee, types)) {
    if (target.kind === 'body') found.push(target.fn);
    else if (target.kind !== 'implementations') return undefined;
    else {
      const members = await implementationsOf(target.name, types);
      const below = await Promise.all((members ?? []).map((member) => targetsOfMember(member, types)));
      const bodies = below.flat().map((each) => (each.kind === 'body' ? each.fn : undefined));
      if (!members || bodies.includes(undefined)) return undefined;
      found.push(...bodies.filter((fn) => fn !== undefined));
    }
  }
  return found.length > 0 ? found : undefined;
}

function isSignature(node: Node): boolean {
  return isMethodSignatureDeclaration(node) || isPropertySignatureDeclaration(node);
}

async function isInSubclass(member: Node, base: Node, types: Oracle, depth: number): Promise<boolean> {
  const holder = member.parent;
  return isClassLikeDeclaration(holder) && derives(holder, base, types, depth);
}

async function derives(holder: Node, base: Node, types: Oracle, depth: number): Promise<boolean> {
  const above = depth > deepest ? undefined : baseClass(holder);
  if (!above) return false;
  const classes = await types.declarationsOf(above);
  if (classes.some((found) => functionKey(found) === functionKey(base))) return true;
  const answers = await Promise.all(
    classes.filter(isClassLikeDeclaration).map((found) => derives(found, base, types, depth + 1)),
  );
  return answers.includes(true);
}

/** The expression after `extends`. */
export function baseClass(declaration: Node): Node | undefined {
  const { heritageClauses = [] } = declaration as {
    readonly heritageClauses?: readonly { readonly token: SyntaxKind; readonly types: readonly Node[] }[];
  };
  const [base] = heritageClauses.find(({ token }) => token === SyntaxKind.ExtendsKeyword)?.types ?? [];
  return (base as { readonly expression?: Node } | undefined)?.expression;
}

const deepest = 12;
