import {
  isAssignmentOperator,
  isBinaryExpression,
  isIdentifier,
  isPropertyAccessExpression,
  type Node,
  type SourceFile,
  unwrap,
} from '../typescript/ast.ts';

/** What a file assigns after declarations, by name alone: `name = value` and `anything.name = value`. */
export interface Assignments {
  readonly variables: ReadonlyMap<string, readonly Node[]>;
  readonly members: ReadonlyMap<string, readonly MemberAssignment[]>;
}

export interface MemberAssignment {
  /** What the member belongs to: `this` in `this.name = value`. */
  readonly holder: Node;
  readonly value: Node;
}

const known = new WeakMap<SourceFile, Assignments>();

export function assignmentsIn(file: SourceFile): Assignments {
  let found = known.get(file);
  if (!found) known.set(file, (found = findAssignments(file)));
  return found;
}

function findAssignments(file: SourceFile): Assignments {
  const variables = new Map<string, Node[]>();
  const members = new Map<string, MemberAssignment[]>();
  const open: Node[] = [file];
  for (let node = open.pop(); node; node = open.pop()) {
    if (isBinaryExpression(node) && isAssignmentOperator(node.operatorToken.kind)) {
      const target = unwrap(node.left);
      if (isIdentifier(target)) add(variables, target.text, node.right);
      else if (isPropertyAccessExpression(target))
        add(members, target.name.text, { holder: unwrap(target.expression), value: node.right });
    }
    node.forEachChild((child) => void open.push(child));
  }
  return { variables, members };
}

function add<T>(into: Map<string, T[]>, name: string, value: T): void {
  const values = into.get(name);
  if (values) values.push(value);
  else into.set(name, [value]);
}
