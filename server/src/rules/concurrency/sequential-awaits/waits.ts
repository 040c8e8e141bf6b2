import { shortName } from '../../../facts/promises/dropped-name.ts';
import type { EffectKnowledge } from '../../../knowledge/effects.ts';
import {
  type AwaitExpression,
  type CallExpression,
  isArrayLiteralExpression,
  isAwaitExpression,
  isBinaryExpression,
  isBindingElement,
  isBindingPattern,
  isBlock,
  isCallExpression,
  isElementAccessExpression,
  isExpressionStatement,
  isFunctionNode,
  isIdentifier,
  isLiteralValue,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isVariableStatement,
  lastName,
  type Node,
  SyntaxKind,
  unwrap,
  wrapped,
} from '../../../typescript/ast.ts';
import { isUsing } from '../../../typescript/promise-syntax.ts';

/** A statement that waits for one call and keeps what it gives. */
export interface Wait {
  readonly node: AwaitExpression;
  /** The call that is awaited. */
  readonly operand: Node;
  readonly statement: Node;
  /** What the message calls it: the variable, or the call where that has many. */
  readonly name: string;
  /** The names that hold the result. */
  readonly names: readonly string[];
  /** What is assigned to, where the result is not held by a new variable. */
  readonly targets: readonly Node[];
  /** Whether what is kept is made of the result: `JSON.parse(await readFile(path))`. */
  readonly isChanged: boolean;
}

/** Waits that follow each other in a block, with nothing but plain declarations between them. */
export interface Run {
  readonly waits: readonly Wait[];
  /** The plain declarations between the waits. */
  readonly between: readonly Node[];
}

/** The run that an `await` begins; undefined where it is not the first of one with several waits. */
export function runFrom(node: AwaitExpression, known: EffectKnowledge): Run | undefined {
  const statement = statementOf(node);
  const { parent } = statement ?? {};
  if (!statement || !parent || !isBlock(parent)) return undefined;
  const first = waitOf(statement, known);
  if (first?.node !== node) return undefined;
  const { statements } = parent;
  const index = statements.indexOf(statement as never);
  const waits: Wait[] = [first];
  const between: Node[] = [];
  let gap: Node[] = [];
  for (const next of statements.slice(index + 1)) {
    const wait = waitOf(next, known);
    if (wait) {
      waits.push(wait);
      between.push(...gap);
      gap = [];
    } else if (isPlainDeclaration(next) || isNote(next, known)) gap.push(next);
    else break;
  }
  if (waits.length < 2) return undefined;
  for (let at = index - 1; at >= 0; at--) {
    const before = statements[at] as Node;
    if (waitOf(before, known)) return undefined;
    if (!isPlainDeclaration(before) && !isNote(before, known)) break;
  }
  return { waits, between };
}

/** Whether a wait uses what an earlier one gives, or what a declaration between them makes. */
export function needs(wait: Wait, earlier: readonly Wait[], { between }: Run): boolean {
  const [first] = earlier;
  const behind = between.filter(
    (statement) => first && first.statement.end <= statement.pos && statement.end <= wait.statement.pos,
  );
  const made = new Set([...earlier.flatMap(({ names }) => names), ...behind.flatMap(namesDeclared)]);
  let found = false;
  const visit = (node: Node): void => {
    if (isIdentifier(node) && made.has(node.text) && !isMemberName(node)) found = true;
    else if (!found) node.forEachChild(visit);
  };
  visit(wait.operand);
  for (const target of wait.targets) visit(target);
  return found || assignsAgain(wait, earlier);
}

function assignsAgain(wait: Wait, earlier: readonly Wait[]): boolean {
  const own = new Set(wait.targets.map((target) => target.getText()));
  return earlier.some(({ targets }) => targets.some((target) => own.has(target.getText())));
}

function isMemberName(node: Node): boolean {
  return isPropertyAccessExpression(node.parent) && node.parent.name === node;
}

function statementOf(node: Node): Node | undefined {
  const at = changed(wrapped(node)).parent;
  if (isExpressionStatement(at)) return at;
  if (isBinaryExpression(at)) return at.parent && isExpressionStatement(at.parent) ? at.parent : undefined;
  const list = at?.parent;
  return list?.kind === SyntaxKind.VariableDeclarationList && isVariableStatement(list.parent)
    ? list.parent
    : undefined;
}

/** `const user = await f()` and `this.user = await f()`. What gives nothing is there for its effect, or guards what follows. */
function waitOf(statement: Node, known: EffectKnowledge): Wait | undefined {
  if (isVariableStatement(statement)) {
    const { declarationList } = statement;
    const [declaration, another] = declarationList.declarations;
    if (!declaration?.initializer || another || isUsing(declarationList)) return undefined;
    const names = namesOf(declaration.name);
    return names.length > 0 ? waitFor(statement, declaration.initializer, names, []) : undefined;
  }
  if (!isExpressionStatement(statement)) return undefined;
  const assignment = unwrap(statement.expression);
  if (isAwaitExpression(assignment)) {
    const isOwn = known.worksOnItsArgument(lastName(unwrap(assignment.expression)) ?? '');
    return isOwn ? waitFor(statement, assignment, [], []) : undefined;
  }
  if (!isBinaryExpression(assignment) || assignment.operatorToken.kind !== SyntaxKind.EqualsToken) return undefined;
  const target = unwrap(assignment.left);
  if (isIdentifier(target)) return waitFor(statement, assignment.right, [target.text], [target]);
  return isPropertyAccessExpression(target) ? waitFor(statement, assignment.right, [], [target]) : undefined;
}

function waitFor(statement: Node, value: Node, names: readonly string[], targets: readonly Node[]): Wait | undefined {
  const at = unwrap(value);
  const node = waitIn(at);
  const operand = node && unwrap(node.expression);
  if (!node || !operand || !isCallExpression(operand)) return undefined;
  const [only, another] = names;
  const name = only !== undefined && another === undefined ? only : (targets[0]?.getText() ?? shortName(operand));
  return { node, operand, statement, name: name.replaceAll('`', "'"), names, targets, isChanged: node !== at };
}

/** The wait of `JSON.parse(await read())`, `(await get()).data` and `(await read()).trim()`, which only look at what it gives. */
function waitIn(value: Node): AwaitExpression | undefined {
  let at = unwrap(value);
  for (;;) {
    if (isAwaitExpression(at)) return at;
    if (isPropertyAccessExpression(at)) at = unwrap(at.expression);
    else if (isLook(at)) {
      const { expression, arguments: given } = at as CallExpression;
      const [first] = given;
      at = isJsonParse(at) && first ? unwrap(first) : unwrap(expression);
    } else return undefined;
  }
}

/** The outermost expression that only looks at what a wait gives. */
function changed(node: Node): Node {
  let at = node;
  for (;;) {
    const { parent } = at;
    const isInner = isPropertyAccessExpression(parent) ? parent.expression === at : isLook(parent);
    if (!isInner) return at;
    at = wrapped(parent);
  }
}

/** `JSON.parse(text)`, `text.trim()`. */
function isLook(node: Node): boolean {
  if (!isCallExpression(node)) return false;
  return isJsonParse(node) || (node.arguments.every(isLiteralValue) && looks.has(lastName(node) ?? ''));
}

function isJsonParse(node: Node): boolean {
  return isCallExpression(node) && node.arguments.length === 1 && node.expression.getText() === 'JSON.parse';
}

const looks = new Set(['split', 'toLowerCase', 'toString', 'trim']);

function namesOf(name: Node): readonly string[] {
  if (isIdentifier(name)) return [name.text];
  if (!isBindingPattern(name)) return [];
  return name.elements.flatMap((element) => (isBindingElement(element) && element.name ? namesOf(element.name) : []));
}

function namesDeclared(statement: Node): readonly string[] {
  return isVariableStatement(statement)
    ? statement.declarationList.declarations.flatMap(({ name }) => namesOf(name))
    : [];
}

/** A line of a log, whose place says what is about to happen, and nothing about the order. */
function isNote(statement: Node, known: EffectKnowledge): boolean {
  if (!isExpressionStatement(statement)) return false;
  const call = unwrap(statement.expression);
  if (!isCallExpression(call)) return false;
  const callee = unwrap(call.expression);
  const receiver = isPropertyAccessExpression(callee) ? (lastName(callee.expression) ?? '') : '';
  return known.isLogger(receiver) && call.arguments.every(isPlain);
}

/** A declaration whose values are looked up or put together, without anything that runs other code. */
function isPlainDeclaration(statement: Node): boolean {
  if (!isVariableStatement(statement) || isUsing(statement.declarationList)) return false;
  return statement.declarationList.declarations.every(({ initializer }) => !initializer || isPlain(initializer));
}

function isPlain(expression: Node): boolean {
  const at = unwrap(expression);
  if (isFunctionNode(at)) return true;
  switch (at.kind) {
    case SyntaxKind.CallExpression:
      return plainCallees.has(lastName(at) ?? '') && childrenArePlain(at);
    case SyntaxKind.NewExpression:
    case SyntaxKind.AwaitExpression:
    case SyntaxKind.YieldExpression:
    case SyntaxKind.TaggedTemplateExpression:
    case SyntaxKind.DeleteExpression:
    case SyntaxKind.PostfixUnaryExpression:
      return false;
    default:
      if (isObjectLiteralExpression(at) || isArrayLiteralExpression(at) || isElementAccessExpression(at))
        return childrenArePlain(at);
      if (isBinaryExpression(at) && at.operatorToken.kind === SyntaxKind.EqualsToken) return false;
      return childrenArePlain(at);
  }
}

function childrenArePlain(node: Node): boolean {
  let answer = true;
  node.forEachChild((child) => {
    answer &&= isPlain(child);
  });
  return answer;
}

/** Calls that compute something from what they are given, whoever has them. */
const plainCallees = new Set(
  'Boolean Number String concat endsWith every filter find flat flatMap has includes indexOf isArray join keys map slice some split startsWith substring toLowerCase toString toUpperCase trim values entries'.split(
    ' ',
  ),
);
