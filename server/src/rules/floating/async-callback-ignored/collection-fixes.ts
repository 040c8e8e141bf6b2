import type { Fix, TextEdit } from '../../../model/finding.ts';
import {
  awaitIsAllowed,
  type CallExpression,
  isArrowFunction,
  isAsyncFunction,
  isAwaitExpression,
  isBlock,
  isCallExpression,
  isExpressionStatement,
  isFunctionNode,
  isIdentifier,
  isPropertyAccessExpression,
  isReturnStatement,
  isVariableStatement,
  type Node,
  type PropertyAccessExpression,
  type ReturnStatement,
  SyntaxKind,
  unwrap,
  wrapped,
} from '../../../typescript/ast.ts';
import type { TypeView } from '../../../typescript/oracle.ts';
import type { RuleContext } from '../../define.ts';
import type { Callback } from './callback.ts';

/** `for…of` with `await`, and `await Promise.all(xs.map(…))`, where `await` may stand. */
export async function loopFixes(callback: Callback, ctx: RuleContext): Promise<readonly (Fix | undefined)[]> {
  const found = methodCall(callback);
  if (!found) return [];
  const { call, access } = found;
  const statement = wrapped(call).parent;
  if (
    !isExpressionStatement(statement) ||
    call.arguments.length > 1 ||
    !awaitIsAllowed(call, ctx.file.allowsTopLevelAwait)
  )
    return [];
  const collection = await kindOf(await ctx.types.typeOf(access.expression));
  if (!collection) return [];
  return [loop(statement, access, callback, collection, ctx), together(call, access, callback, collection, ctx)];
}

interface MethodCall {
  readonly call: CallExpression;
  readonly access: PropertyAccessExpression;
}

function methodCall({ node }: Callback): MethodCall | undefined {
  const call = wrapped(node).parent;
  if (!isCallExpression(call)) return undefined;
  const access = unwrap(call.expression);
  return isPropertyAccessExpression(access) ? { call, access } : undefined;
}

/** Whether something iterates as its `forEach` does. Of an unknown type it is taken to be an array. */
async function kindOf(type: TypeView): Promise<'array' | 'set' | undefined> {
  if (type.isUnknown) return 'array';
  const members = (await type.unionMembers()).filter((member) => !member.isNullish);
  const answers = await Promise.all(members.map((member) => member.elements()));
  if (answers.every((elements) => elements !== undefined)) return 'array';
  const declared = members.length === 1 ? await members[0]?.classDeclaredIn() : undefined;
  return declared?.from === 'lib' && /^(?:Readonly)?Set$/.test(declared.name) ? 'set' : undefined;
}

function loop(
  statement: Node,
  access: PropertyAccessExpression,
  { literal }: Callback,
  collection: 'array' | 'set',
  ctx: RuleContext,
): Fix | undefined {
  const { fix, file } = ctx;
  if (!literal || !isAsyncFunction(literal) || literal.parameters.length > 2 || literal.parameters.length === 0)
    return undefined;
  const [item, index] = literal.parameters;
  if (!item || [item, index].some((parameter) => parameter?.initializer || parameter?.dotDotDotToken)) return undefined;
  if (index && collection !== 'array') return undefined;
  if (!isArrowFunction(literal) && usesOwnThis(literal.body)) return undefined;
  const { body } = literal;
  const exits = isBlock(body) ? exitsOf(body) : [];
  if (!exits) return undefined;
  const head = { start: statement.getStart(), end: body.getStart() };
  const tail = { start: body.end, end: statement.end };
  if (/\/[/*]/.test(file.text.slice(head.start, head.end) + file.text.slice(tail.start, tail.end))) return undefined;
  const optional = access.questionDotToken ? ' ?? []' : '';
  const source = access.expression.getText() + optional;
  const name = item.name.getText();
  const variables = index ? `[${index.name.getText()}, ${name}]` : name;
  const over = index ? `${optional ? `(${source})` : source}.entries()` : source;
  const opening = `for (const ${variables} of ${over}) `;
  const edits: TextEdit[] = [];
  if (isBlock(body)) {
    edits.push(fix.replace(head, opening), ...exits.map((exit) => fix.replace(exit, 'continue;')), fix.remove(tail));
  } else {
    edits.push(fix.replace(head, `${opening}${isAwaitExpression(body) ? '' : 'await '}`), fix.replace(tail, ';'));
  }
  return fix.choice('Wait for one after the other with `for…of`', edits);
}

/** The `return;` statements of a callback that may become `continue;`; undefined where one may not. */
function exitsOf(body: Node): readonly ReturnStatement[] | undefined {
  const found: ReturnStatement[] = [];
  let isPossible = true;
  const look = (node: Node, inner: boolean): void => {
    if (isFunctionNode(node)) return;
    if (isReturnStatement(node)) {
      if (node.expression || inner) isPossible = false;
      else found.push(node);
    }
    const breaks = loopsAndSwitches.has(node.kind);
    node.forEachChild((child) => look(child, inner || breaks));
  };
  look(body, false);
  return isPossible ? found : undefined;
}

const loopsAndSwitches = new Set<SyntaxKind>([
  SyntaxKind.DoStatement,
  SyntaxKind.ForInStatement,
  SyntaxKind.ForOfStatement,
  SyntaxKind.ForStatement,
  SyntaxKind.SwitchStatement,
  SyntaxKind.WhileStatement,
]);

function usesOwnThis(body: Node): boolean {
  let uses = false;
  const look = (node: Node): void => {
    if (node.kind === SyntaxKind.ThisKeyword || (isIdentifier(node) && node.text === 'arguments')) uses = true;
    if (!isFunctionNode(node) || isArrowFunction(node)) node.forEachChild(look);
  };
  look(body);
  return uses;
}

function together(
  call: CallExpression,
  access: PropertyAccessExpression,
  { literal }: Callback,
  collection: 'array' | 'set',
  ctx: RuleContext,
): Fix | undefined {
  const { fix } = ctx;
  if (collection === 'set' && (literal?.parameters.length ?? 2) > 1) return undefined;
  const optional = access.questionDotToken ? ' ?? []' : '';
  const { expression } = access;
  const spread = collection === 'set' ? [fix.replace(expression, `[...${expression.getText()}${optional}]`)] : [];
  const dot = collection === 'set' && access.questionDotToken ? [fix.replace(access.questionDotToken, '.')] : [];
  const end = collection === 'set' ? ')' : `${optional})`;
  if (spread.length > 0) {
    return fix.choice(
      'Wait for all together with `Promise.all`',
      fix.replace(expression, `await Promise.all([...${expression.getText()}${optional}]`),
      dot,
      fix.replace(access.name, 'map'),
      fix.after(call, end),
    );
  }
  return fix.choice(
    'Wait for all together with `Promise.all`',
    fix.before(call, 'await Promise.all('),
    fix.replace(access.name, 'map'),
    fix.after(call, end),
  );
}

/** Awaits all answers of an async predicate, then asks the plain method about them. */
export function awaitedPredicate(callback: Callback, ctx: RuleContext): Fix | undefined {
  const { fix, file } = ctx;
  const found = methodCall(callback);
  if (!found || found.call.arguments.length > 1 || !awaitIsAllowed(found.call, file.allowsTopLevelAwait))
    return undefined;
  const { call, access } = found;
  const name = access.name.text;
  if (access.questionDotToken) return undefined;
  if (name === 'some' || name === 'every') {
    return fix.choice(
      'Await all answers first',
      fix.before(call, '(await Promise.all('),
      fix.replace(access.name, 'map'),
      fix.after(call, `)).${name}(Boolean)`),
    );
  }
  let statement: Node = call;
  while (statement.parent && !isBlock(statement.parent) && statement.parent.kind !== SyntaxKind.SourceFile) {
    // Only what runs once and first may move in front of its statement.
    const { parent } = statement;
    const isPlain =
      parent.kind !== SyntaxKind.ConditionalExpression &&
      parent.kind !== SyntaxKind.BinaryExpression &&
      !isFunctionNode(parent);
    if (!isPlain) return undefined;
    statement = parent;
  }
  if (!isVariableStatement(statement) && !isExpressionStatement(statement) && !isReturnStatement(statement))
    return undefined;
  const receiver = access.expression.getText();
  const answers = freeName(nameForAnswers(statement), file.text);
  const start = statement.getStart();
  const indent = /[^\n]*$/.exec(file.text.slice(0, start))?.[0] ?? '';
  if (!/^\s*$/.test(indent) || !/^[\w.]+$/.test(receiver)) return undefined;
  const argument = unwrap(callback.node).getText();
  return fix.choice(
    'Await all answers first',
    fix.insert(start, `const ${answers} = await Promise.all(${receiver}.map(${argument}));\n${indent}`),
    fix.replace(callback.node, `(_, index) => ${answers}[index]`),
  );
}

/** `const kept = …` → `keptAnswers`, so that two fixes beside each other do not use one name. */
function nameForAnswers(statement: Node): string {
  const [variable] = isVariableStatement(statement) ? statement.declarationList.declarations : [];
  return variable && isIdentifier(variable.name) ? `${variable.name.text}Answers` : 'answers';
}

function freeName(wanted: string, text: string): string {
  return new RegExp(`\\b${wanted}\\b`).test(text) ? freeName(`${wanted}_`, text) : wanted;
}

/** Awaits the accumulator wherever the callback uses it as a value. */
export function awaitedAccumulator({ literal }: Callback, ctx: RuleContext): Fix | undefined {
  const { fix } = ctx;
  const name = literal?.parameters[0]?.name;
  if (!literal || !name || !isIdentifier(name) || !isAsyncFunction(literal)) return undefined;
  const uses: Node[] = [];
  let isPossible = true;
  const look = (node: Node, nested: boolean): void => {
    if (isIdentifier(node) && node.text === name.text && !isMemberName(node)) {
      if (nested || node.parent.kind === SyntaxKind.ShorthandPropertyAssignment) isPossible = false;
      else uses.push(node);
    }
    node.forEachChild((child) => look(child, nested || isFunctionNode(node)));
  };
  look(literal.body, false);
  if (!isPossible) return undefined;
  const title = `Await \`${name.text}\` first`;
  // What is returned as it is, is waited for anyway.
  const values = uses.filter((use) => !isReturnStatement(wrapped(use).parent));
  if (values.length > 0) return fix.choice(title, ...values.map((use) => fix.replace(use, `(await ${name.text})`)));
  const [first] = isBlock(literal.body) ? literal.body.statements : [];
  return (
    first &&
    fix.choice(
      title,
      fix.before(first, `await ${name.text};\n${/[ \t]*$/.exec(ctx.file.text.slice(0, first.getStart()))?.[0] ?? ''}`),
    )
  );
}

function isMemberName(node: Node): boolean {
  return isPropertyAccessExpression(node.parent) && node.parent.name === node;
}
