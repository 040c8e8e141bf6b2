import { returnedExpressions } from '../../facts/promises/outcome.ts';
import {
  type CallExpression,
  type FunctionNode,
  hasModifier,
  isBlock,
  isCallExpression,
  isClassDeclaration,
  isClassExpression,
  isExportDeclaration,
  isFunctionNode,
  isIdentifier,
  isNamedExports,
  isNewExpression,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isReturnStatement,
  isStringLiteral,
  isWithin,
  type Node,
  SyntaxKind,
  unwrap,
} from '../../typescript/ast.ts';
import { memberOf } from '../../typescript/promise-syntax.ts';
import { defineRule, type RuleContext } from '../define.ts';

export const accidentalThenable = defineRule({
  id: 'accidental-thenable',
  family: 'floating',
  principle: 1,
  summary: 'A `then` member on something that is not meant to be awaited',
  preset: 'recommended',
  severity: 'warning',
  since: '0.1.0',
  equivalents: ['unicorn/no-thenable', 'biome:noThenProperty'],
  options: {},
  messages: {
    object: {
      text: 'A `then` function makes this object a thenable, and `await` will call it',
      why: 'Whoever awaits the object, or returns it from an async function, calls `then` with two functions. If it does not call one of them, the await never ends.',
      help: 'Give the member another name, or implement `PromiseLike`.',
    },
    class: {
      text: 'A `then` method makes every `{name}` a thenable, and `await` will call it',
      why: 'Whoever awaits an instance, or returns it from an async function, calls `then` with two functions. If it does not call one of them, the await never ends.',
      help: 'Give the method another name, or implement `PromiseLike`.',
    },
    module: {
      text: 'An export named `then` is called by everyone who imports this module with `import()`',
      why: '`await import(…)` awaits the module, which is a thenable by this export. If `then` does not call one of its two arguments, the import never ends.',
      help: 'Give the export another name.',
    },
  },
  on: {
    PropertyAssignment(property, ctx) {
      if (nameText(property.name) === 'then') return reportMember(property, property.initializer, ctx);
    },
    ShorthandPropertyAssignment(property, ctx) {
      if (nameText(property.name) === 'then') return reportMember(property, property.name, ctx);
    },
    MethodDeclaration(method, ctx) {
      if (nameText(method.name) === 'then' && method.body) return reportMember(method, method, ctx);
    },
    GetAccessor(getter, ctx) {
      const given = nameText(getter.name) === 'then' ? givenFunction(getter) : undefined;
      if (given) return reportMember(getter, given, ctx);
    },
    CallExpression(call, ctx) {
      const [, name] = call.arguments;
      return name && isStringLiteral(name) && name.text === 'then' ? reportDefined(call, ctx) : undefined;
    },
    PropertyDeclaration(property, ctx) {
      if (nameText(property.name) === 'then' && property.initializer)
        return reportMember(property, property.initializer, ctx);
    },
    BinaryExpression(assignment, ctx) {
      if (assignment.operatorToken.kind !== SyntaxKind.EqualsToken) return;
      const member = memberOf(assignment.left);
      if (member?.name === 'then') return reportAssigned(member, assignment.right, ctx);
    },
    FunctionDeclaration(fn, ctx) {
      if (fn.name?.text === 'then' && hasModifier(fn, SyntaxKind.ExportKeyword) && !isThenImplementation(fn))
        ctx.report('module', fn.name);
    },
    VariableDeclaration(declaration, ctx) {
      const { name, initializer } = declaration;
      if (
        isIdentifier(name) &&
        name.text === 'then' &&
        initializer &&
        hasModifier(declaration.parent.parent, SyntaxKind.ExportKeyword)
      )
        return reportExported(name, initializer, ctx);
    },
    async SourceFile(file, ctx) {
      if (!ctx.file.text.includes('then')) return;
      for (const statement of file.statements) {
        if (
          !isExportDeclaration(statement) ||
          statement.isTypeOnly ||
          !statement.exportClause ||
          !isNamedExports(statement.exportClause)
        )
          continue;
        for (const { name, propertyName, isTypeOnly } of statement.exportClause.elements) {
          if (isTypeOnly || name.text !== 'then') continue;
          if (statement.moduleSpecifier || (await isAccidental(propertyName ?? name, ctx))) ctx.report('module', name);
        }
      }
    },
  },
});

function nameText(name: Node): string | undefined {
  return (name as Node & { readonly text?: string }).text;
}

async function reportExported(name: Node, value: Node, ctx: RuleContext): Promise<void> {
  if (await isAccidental(value, ctx)) ctx.report('module', name);
}

async function reportMember(member: Node & { readonly name: Node }, value: Node, ctx: RuleContext): Promise<void> {
  const owner = member.parent;
  if (hasModifier(member, SyntaxKind.StaticKeyword)) return;
  if (ctx.file.isTest && isObjectLiteralExpression(owner))
    return ctx.silent(member, 'it stands for a thenable in a test');
  if (!(await isAccidental(value, ctx)))
    return ctx.silent(member, 'it calls or passes on the functions that it is given, as awaiting it needs');
  if (isObjectLiteralExpression(owner)) {
    if (isMeantAsPromise(owner.properties))
      return ctx.silent(member, 'its neighbours say that it is meant as a promise of its own kind');
    if (isConditional(owner)) return ctx.silent(member, 'it is one branch of a condition that is written as data');
    if (await isAskedFor(owner, ctx)) return ctx.silent(member, 'the place of the object asks for a `then`');
    ctx.report('object', member.name);
    return;
  }
  if (!isClassDeclaration(owner) && !isClassExpression(owner)) return;
  if (isMeantAsPromise(owner.members))
    return ctx.silent(member, 'its neighbours say that it is meant as a promise of its own kind');
  // A base or an interface with `then` asked for it; a base that is not known may have.
  const bases = (owner.heritageClauses ?? []).flatMap((clause) => clause.types);
  const asked = await Promise.all(
    bases.map(async (base) => {
      const type = await ctx.types.typeOf(base);
      return type.isUnknown || (await type.admitsAnything()) || (await type.property('then')) !== undefined;
    }),
  );
  if (asked.includes(true)) ctx.silent(member, 'a base or an interface asks for a `then`, or may do so');
  else ctx.report('class', member.name, { data: { name: owner.name?.text ?? 'instance' } });
}

/** `thing.then = function …`: a patched promise stays a promise. */
async function reportAssigned(
  member: { readonly base: Node; readonly at: Node },
  value: Node,
  ctx: RuleContext,
): Promise<void> {
  if (!(await isAccidental(value, ctx))) return;
  // In JavaScript the assignment itself may be what declares the member.
  const declared = await ctx.types.declarationsOf(member.at);
  const assignment = member.at.parent.parent;
  if (declared.length > 0 && declared.every((node) => isWithin(node, assignment))) {
    ctx.report('object', member.at);
    return;
  }
  const receiver = await ctx.types.typeOf(member.base);
  const { extent } = await receiver.thenability();
  if (extent === 'all' || extent === 'some' || receiver.isUnknown) return;
  if ((await receiver.property('then')) !== undefined && !isPropertyAccessExpression(unwrap(member.base))) return;
  ctx.report('object', member.at);
}

/** `Object.defineProperty(thing, 'then', { value() {} })`. */
async function reportDefined(call: CallExpression, ctx: RuleContext): Promise<void> {
  const [target, name, descriptor] = call.arguments;
  if (!target || !name || !descriptor) return;
  if (!/^(?:Object|Reflect)\s*\.\s*defineProperty$/.test(call.expression.getText())) return;
  const parts = unwrap(descriptor);
  if (!isObjectLiteralExpression(parts)) return;
  const keyOf = (each: Node): string => nameText((each as Node & { readonly name?: Node }).name ?? each) ?? '';
  const part = parts.properties.find((each) => ['value', 'get'].includes(keyOf(each)));
  if (!part) return;
  const given = isPropertyAssignment(part) ? unwrap(part.initializer) : part;
  const value = isFunctionNode(given) && keyOf(part) === 'get' ? givenFunction(given) : given;
  if (!value || !(await isAccidental(value, ctx))) return;
  const { extent } = await ctx.types.thenability(target);
  if (extent === 'none' || extent === 'unknown') ctx.report('object', name);
}

/** The function that a getter always gives, where it is written in it. */
function givenFunction(getter: FunctionNode): FunctionNode | undefined {
  const returned = returnedExpressions(getter).map(unwrap);
  const [first] = returned;
  return first && returned.length === 1 && isFunctionNode(first) ? first : undefined;
}

/** What stands beside `then` in promises only: `catch`, `finally`, and `done`, `fail`, `always` or `promise` of a deferred, two of them. */
function isMeantAsPromise(members: readonly Node[]): boolean {
  const names = new Set(members.map((member) => nameText((member as Node & { readonly name?: Node }).name ?? member)));
  return names.has('catch') || names.has('finally') || ofDeferreds.filter((name) => names.has(name)).length >= 2;
}

const ofDeferreds = ['done', 'fail', 'always', 'promise', 'progress'] as const;

/** Conditions of schemas: `{ is, then, otherwise }`, `{ if, then, else }`. */
function isConditional(object: Node & { readonly properties: readonly Node[] }): boolean {
  return object.properties.some((property) =>
    conditionKeys.has(nameText((property as Node & { readonly name?: Node }).name ?? property) ?? ''),
  );
}

const conditionKeys = new Set(['is', 'otherwise', 'if', 'else', 'when', 'not', 'switch', 'unless', 'case', 'cond']);

/** The place of the object asks for a `then` member. */
async function isAskedFor(object: Node, ctx: RuleContext): Promise<boolean> {
  const expected = await ctx.types.expectedType(object);
  if (!expected) return false;
  if (expected.isUnknown) return ctx.file.isTest;
  const members = await Promise.all((await expected.unionMembers()).map((each) => each.property('then')));
  return members.some((member) => member !== undefined);
}

/** Whether a value is a function that does not do what awaiting it needs: call, or pass on, the function it is given. */
async function isAccidental(value: Node, ctx: RuleContext): Promise<boolean> {
  const at = unwrap(value);
  if (isFunctionNode(at)) return !isThenImplementation(at);
  if (!isIdentifier(at)) return false;
  const functions = await ctx.types.functionsOf(at);
  if (functions.length > 0) return functions.every((fn) => !isThenImplementation(fn));
  // The name in `{ then }` stands for the property; its type says whether the value can be called with functions.
  const owner = at.parent.parent;
  if (!isObjectLiteralExpression(owner) || !(await (await ctx.types.typeOf(at)).isCallable())) return false;
  return (await ctx.types.thenability(owner)).extent === 'none';
}

/**
 * A real `then` takes two functions, or calls the first itself, or hands it to something that will:
 * another `then`, a promise, a helper.
 */
function isThenImplementation(fn: FunctionNode): boolean {
  const [first, second] = fn.parameters;
  if (!first || !fn.body) return false;
  if (second || first.dotDotDotToken) return true;
  if (!isIdentifier(first.name)) return false;
  const name = first.name.text;
  let isUsed = false;
  const look = (node: Node): void => {
    if (isUsed) return;
    if (isIdentifier(node) && node.text === name && (isCalled(node) || isHandedOn(node))) isUsed = true;
    node.forEachChild(look);
  };
  look(fn.body);
  return isUsed && !goesOnWithItself(fn, name);
}

/** `then(step) { step(); return this; }`: a chain of steps. Whoever awaits it gets nothing instead of the object. */
function goesOnWithItself({ body }: FunctionNode, name: string): boolean {
  if (!body || !isBlock(body)) return false;
  const last = body.statements.at(-1);
  if (!last || !isReturnStatement(last) || last.expression?.kind !== SyntaxKind.ThisKeyword) return false;
  let isPlain = true;
  const look = (node: Node): void => {
    if (isIdentifier(node) && node.text === name) {
      const { parent } = node;
      const args = isCallExpression(parent) && unwrap(parent.expression) === node ? parent.arguments : undefined;
      isPlain &&= args?.every(({ kind }) => kind === SyntaxKind.ThisKeyword) === true;
    }
    node.forEachChild(look);
  };
  look(body);
  return isPlain;
}

function isCalled(name: Node): boolean {
  const { parent } = name;
  return isCallExpression(parent) && unwrap(parent.expression) === name;
}

/** Given to a call other than one that only keeps it. */
function isHandedOn(name: Node): boolean {
  const { parent } = name;
  if (isNewExpression(parent)) return true;
  if (!isCallExpression(parent) || parent.expression === name) return false;
  const callee = unwrap(parent.expression);
  return !(
    isPropertyAccessExpression(callee) && /^(?:push|unshift|concat|add|set|enqueue|append)$/.test(callee.name.text)
  );
}
