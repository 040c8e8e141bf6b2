/** What the text of a file tells about signals before any type is asked for. */
import {
  type BindingElement,
  type ClassLikeDeclaration,
  enclosingFunction,
  type FunctionNode,
  type Identifier,
  isClassLikeDeclaration,
  isFunctionNode,
  isIdentifier,
  isObjectBindingPattern,
  isPropertyAccessExpression,
  isPropertyDeclaration,
  isVariableDeclaration,
  type Node,
  type ParameterDeclaration,
  SyntaxKind,
  unwrap,
  type VariableDeclaration,
  walkBody,
  wrapped,
} from '../../typescript/ast.ts';
import { mentions } from '../../typescript/mentions.ts';
import { namesIn, referencesTo } from '../../typescript/references.ts';

const signalWords = /signal|token/gi;
const newControllers = /new AbortController/g;

/** Variables of a function's own body that may hold a signal, by their text. */
export function variablesOf(fn: FunctionNode): readonly VariableDeclaration[] {
  const found: VariableDeclaration[] = [];
  const { body } = fn;
  if (!body || !mentions(body, signalWords)) return found;
  walkBody(body, (node) => {
    if (isFunctionNode(node)) return false;
    if (!isVariableDeclaration(node)) return true;
    const isPattern = isObjectBindingPattern(node.name);
    if (/signal|token/i.test(isPattern ? node.name.getText() : `${node.name.getText()} ${headOf(node)}`))
      found.push(node);
    return true;
  });
  return found;
}

/**
 * Controllers of a function's own body that are aborted somewhere and whose signal was given to nobody: it was meant for
 * what the function does. Asking `controller.signal.aborted` gives it to nobody.
 */
export function unheardControllers(fn: FunctionNode): readonly Identifier[] {
  const found: Identifier[] = [];
  const { body } = fn;
  if (!body || !mentions(body, newControllers)) return found;
  walkBody(body, (node) => {
    if (isFunctionNode(node)) return false;
    if (!isVariableDeclaration(node) || !isIdentifier(node.name)) return true;
    if (node.initializer && /^new AbortController\b/.test(node.initializer.getText()) && isUnheard(node.name))
      found.push(node.name);
    return true;
  });
  return found;
}

function isUnheard(controller: Identifier): boolean {
  let isAborted = false;
  for (const use of referencesTo(controller)) {
    const access = wrapped(use).parent;
    if (!isPropertyAccessExpression(access)) return false;
    if (access.name.text === 'abort') isAborted = true;
    else if (!isPropertyAccessExpression(access.parent) || !/^(?:aborted|reason)$/.test(access.parent.name.text))
      return false;
  }
  return isAborted;
}

function headOf({ initializer, type }: VariableDeclaration): string {
  const value = initializer && unwrap(initializer);
  const isShort = value && !isFunctionNode(value) && value.end - value.pos < mostText;
  return `${type?.getText() ?? ''} ${isShort ? value.getText() : ''}`;
}

const mostText = 120;

/** Whether a value is the signal of a controller or of a timeout that is made here, and of nothing else. */
export function isOwnSignal(value: Node): boolean {
  const text = value.getText();
  if (/AbortSignal\.(?:timeout|abort)\b/.test(text) && !/\.any\b/.test(text)) return true;
  if (/new AbortController\b/.test(text)) return true;
  const controller = /^([\w$]+)\.signal$/.exec(text)?.[1];
  if (controller === undefined) return false;
  return namesIn(value.getSourceFile(), controller).some(
    ({ parent }) =>
      isVariableDeclaration(parent) && /^new AbortController\b/.test(parent.initializer?.getText() ?? '') === true,
  );
}

/** A field that the class sets to the signal of its own controller still stands for the end of the object. */
export function isOwnField(name: Node): boolean {
  const { initializer } = name.parent as { readonly initializer?: Node };
  return initializer !== undefined && /AbortSignal\.timeout/.test(initializer.getText());
}

/** Types that are written with a keyword, and lists and functions, hold no signal. */
export function isPlainType(type: Node | undefined): boolean {
  switch (type?.kind) {
    case SyntaxKind.StringKeyword:
    case SyntaxKind.NumberKeyword:
    case SyntaxKind.BooleanKeyword:
    case SyntaxKind.BigIntKeyword:
    case SyntaxKind.ArrayType:
    case SyntaxKind.TupleType:
    case SyntaxKind.FunctionType:
    case SyntaxKind.LiteralType:
      return true;
    default:
      return false;
  }
}

/** `signal`, where the file reads `options.signal` of a parameter with the same name and the same written type. */
export function memberReadElsewhere(name: Identifier, annotation: Node | undefined): string | undefined {
  const file = name.getSourceFile();
  const read = new RegExp(`\\b${name.text.replaceAll('$', '\\$')}\\??\\.(signal|abortSignal)\\b`).exec(file.text)?.[1];
  if (read === undefined) return undefined;
  const written = annotation?.getText();
  return namesIn(file, read).some(({ parent }) => {
    const { expression } = parent as { readonly expression?: Node };
    if (!expression || !isIdentifier(expression) || expression.text !== name.text) return false;
    for (let fn = enclosingFunction(expression); fn; fn = enclosingFunction(fn)) {
      const declared = fn.parameters.find((one) => one.name.getText() === name.text);
      if (declared) return declared.type?.getText() === written;
    }
    return false;
  })
    ? read
    : undefined;
}

/** The fields of a class of which it reads a member that is called like a signal: `this.options.signal`. Controllers are left out. */
export function readOfFields(
  owner: Node,
  names: readonly Node[],
): readonly { readonly name: Node; readonly member: string }[] {
  const reads = new Map(
    [...owner.getText().matchAll(/\bthis\.(#?[\w$]+)\.(signal|abortSignal)\b/g)].map(([, field, member]) => [
      field,
      member,
    ]),
  );
  return names.flatMap((name) => {
    const member = /controller/i.test(name.getText()) ? undefined : reads.get(name.getText());
    return member === undefined ? [] : [{ name, member }];
  });
}

/** What a class extends. */
export function baseOf(owner: ClassLikeDeclaration): Node | undefined {
  const base = owner.heritageClauses?.find(({ token }) => token === SyntaxKind.ExtendsKeyword)?.types[0];
  return (base as (Node & { readonly expression: Node }) | undefined)?.expression;
}

/** The names of a class's fields, parameters of its constructor among them. */
export function fieldNames(owner: ClassLikeDeclaration): readonly Node[] {
  const names: Node[] = [];
  for (const member of owner.members) {
    if (isPropertyDeclaration(member) && !isStatic(member)) names.push(member.name);
    if (member.kind === SyntaxKind.Constructor) {
      const { parameters } = member as FunctionNode;
      names.push(...parameters.filter((one) => isField(one)).map((one) => one.name));
    }
  }
  return names;
}

/** A field that says so by its name, and is not the controller's own affair. */
export function mayBeField(name: Node): boolean {
  return /signal|token/i.test(name.getText()) && !isOwnField(name);
}

/** A parameter that may be a signal, or hold one, as far as its name and type are written. */
export function mayHoldSignal({ name, type, dotDotDotToken }: ParameterDeclaration): boolean {
  if (isObjectBindingPattern(name)) return name.elements.some(mayBeSignal);
  if (!isIdentifier(name) || dotDotDotToken || isPlainType(type)) return false;
  return name.text !== 'this' && !name.text.startsWith('_');
}

const telling = /signal|abort|cancel|token|options|opts|context|ctx|extra|request|init/i;

/** A part of a pattern that may be a signal by its name, or take one along. */
export function mayBeSignal({ name, propertyName, dotDotDotToken }: BindingElement): boolean {
  if (!name || !isIdentifier(name) || name.text.startsWith('_')) return false;
  return dotDotDotToken !== undefined || telling.test(`${name.text} ${propertyName?.getText() ?? ''}`);
}

/** The method or accessor whose `this` a function sees. */
export function methodOf(from: FunctionNode): Node | undefined {
  let fn: FunctionNode | undefined = from;
  while (fn && fn.kind === SyntaxKind.ArrowFunction) fn = enclosingFunction(fn);
  if (!fn || !isClassLikeDeclaration(fn.parent) || isStatic(fn)) return undefined;
  return fn.kind === SyntaxKind.Constructor ? undefined : fn;
}

export function isStatic(member: Node): boolean {
  const { modifiers } = member as { readonly modifiers?: readonly Node[] };
  return modifiers?.some(({ kind }) => kind === SyntaxKind.StaticKeyword) ?? false;
}

/** Whether a signal is written as that of a request that is answered: `request.signal`, `c.req.raw.signal`. */
export function isOfRequest(text: string): boolean {
  return /(?:^|\.)(?:req|request|\w*Request)\??\.(?:raw\.)?signal$/.test(text);
}

/** A constructor's parameter that is a field too. */
function isField(parameter: ParameterDeclaration): boolean {
  return (parameter.modifiers?.length ?? 0) > 0;
}
