import {
  type Identifier,
  isIdentifier,
  type Node,
  type PrivateIdentifier,
  type SourceFile,
  SyntaxKind,
} from './ast.ts';
import { declarationName } from './lexical-scopes.ts';
import { remember } from './remember.ts';
import { type Row, rowsOfKinds } from './tree-walk.ts';

const indexes = new WeakMap<SourceFile, ReadonlyMap<string, readonly Row[]>>();

/** The places of a file that stand for a variable, parameter, function or import declared in it, without the declaration itself; in order. */
export function referencesTo(name: Identifier): readonly Identifier[] {
  const file = name.getSourceFile();
  const byText = remember(references, file, () => new Map());
  return remember(byText, name.text, () => byDeclaration(file, name.text)).get(name) ?? [];
}

const references = new WeakMap<SourceFile, Map<string, ReadonlyMap<Node, readonly Identifier[]>>>();

/** All of one name at once: where each function has its own `result`, to look for each of them alone takes the square. */
function byDeclaration(file: SourceFile, text: string): ReadonlyMap<Node, readonly Identifier[]> {
  const found = new Map<Node, Identifier[]>();
  for (const use of identifiersIn(file, text)) {
    const declared = isVariable(use) ? declarationName(use) : undefined;
    if (declared && declared !== use) remember(found, declared, () => []).push(use);
  }
  return found;
}

/** Every identifier and private name (`#name`) of a file with this text, whatever it stands for; in order. The file is gone through once. */
export function namesIn(file: SourceFile, text: string): readonly Node[] {
  return (remember(indexes, file, () => namesByText(file)).get(text) ?? []).map((row) => row.node());
}

/** Every identifier of a file with this text, declarations and members included; in order. */
export function identifiersIn(file: SourceFile, text: string): readonly Identifier[] {
  return namesIn(file, text).filter(isIdentifier);
}

/** A name is read from the text: making a node of each identifier takes longer than most files are otherwise looked at. */
function namesByText(file: SourceFile): ReadonlyMap<string, readonly Row[]> {
  const index = new Map<string, Row[]>();
  const { text } = file;
  const next = rowsOfKinds(file, names);
  for (let row = next(); row; row = next()) {
    const written = plainName.exec(text.slice(row.pos, row.end))?.[1];
    remember(index, written ?? (row.node() as Identifier | PrivateIdentifier).text, () => []).push(row);
  }
  return index;
}

/** A name as it is written, behind space and comments. One with an escape in it reads differently. */
const plainName = /(?:^|[\s/])([#\w$][\w$-]*)$/;

const names: ReadonlySet<SyntaxKind> = new Set([SyntaxKind.Identifier, SyntaxKind.PrivateIdentifier]);

/** Names of members, properties and labels are no variables, whatever they are called. */
function isVariable(use: Identifier): boolean {
  const { parent } = use;
  const { name, propertyName, label, right, tagName } = parent as {
    readonly name?: Node;
    readonly propertyName?: Node;
    readonly label?: Node;
    readonly right?: Node;
    readonly tagName?: Node;
  };
  switch (parent.kind) {
    case SyntaxKind.PropertyAccessExpression:
    case SyntaxKind.PropertyAssignment:
    case SyntaxKind.PropertyDeclaration:
    case SyntaxKind.PropertySignature:
    case SyntaxKind.MethodDeclaration:
    case SyntaxKind.MethodSignature:
    case SyntaxKind.GetAccessor:
    case SyntaxKind.SetAccessor:
    case SyntaxKind.EnumMember:
    case SyntaxKind.JsxAttribute:
    case SyntaxKind.NamedTupleMember:
    case SyntaxKind.ImportSpecifier:
      return name !== use && propertyName !== use;
    case SyntaxKind.BindingElement:
      return propertyName !== use;
    case SyntaxKind.ExportSpecifier:
      return (propertyName ?? name) === use;
    case SyntaxKind.LabeledStatement:
    case SyntaxKind.BreakStatement:
    case SyntaxKind.ContinueStatement:
      return label !== use;
    case SyntaxKind.QualifiedName:
      return right !== use;
    case SyntaxKind.JsxOpeningElement:
    case SyntaxKind.JsxClosingElement:
    case SyntaxKind.JsxSelfClosingElement:
      return tagName !== use || /^[A-Z_$]/.test(use.text);
    default:
      return true;
  }
}
