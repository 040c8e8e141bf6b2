import {
  type CallExpression,
  isCallExpression,
  isFunctionNode,
  isNewExpression,
  unwrap,
} from '../../typescript/ast.ts';
import type { Origin } from '../../typescript/oracle.ts';
import type { DeclaredIn, TypeView } from '../../typescript/type-view.ts';
import type { DroppedTools } from './dropped.ts';

/** Whether somebody has to look after a thenable of one of these types. */
export async function needsOwner(thenables: readonly TypeView[], tools: DroppedTools): Promise<boolean> {
  const answers = await Promise.all(
    thenables.map(async (type) => {
      const { isPromise, rejectable } = await type.thenability();
      return (isPromise || (tools.options.checkThenables && rejectable)) && !(await isSafeType(type, tools));
    }),
  );
  return answers.some(Boolean);
}

async function isSafeType(type: TypeView, { knowledge, options }: DroppedTools): Promise<boolean> {
  const [alias, heritage, brand] = await Promise.all([
    type.declaredIn(),
    type.heritage(),
    type.propertySymbol('__linterBrands'),
  ]);
  if (brand) return true;
  const names = alias ? [alias, ...heritage] : heritage;
  return names.some(
    (declared) =>
      knowledge.promises.isSafePromise(declared) || options.safePromises.some((entry) => matchesType(entry, declared)),
  );
}

/** Whether a call is known, or was said by an option, to start something that looks after itself. */
export async function isExempt(call: CallExpression, { types, knowledge, options }: DroppedTools): Promise<boolean> {
  // `test.each(table)('name', …)`: the first callee names the function.
  let callee = unwrap(call.expression);
  while (isCallExpression(callee)) callee = unwrap(callee.expression);
  if (isFunctionNode(callee) || isNewExpression(callee)) return false;
  const origins = await types.origins(callee);
  return (
    knowledge.promises.isSafeCall(origins) ||
    options.safeCalls.some((entry) => origins.some((origin) => matchesCall(entry, origin)))
  );
}

/** `package#Type`, or a bare type name for one of any origin. */
function matchesType(entry: string, { name, packageName, file }: DeclaredIn): boolean {
  const [module, member] = split(entry);
  return (
    member === name &&
    (module === undefined ||
      module === packageName ||
      file.replace(/\.\w+$/, '').endsWith(module.replace(/^\.\//, '/')))
  );
}

/** `module#function`, or a bare function name for one of any origin. */
function matchesCall(entry: string, { module: from, path }: Origin): boolean {
  const [module, member] = split(entry);
  if (module === undefined) return path.join('.') === member || path.at(-1) === member;
  return (
    path.join('.') === member && (from === module || from.replace(/\.\w+$/, '').endsWith(module.replace(/^\.\//, '/')))
  );
}

function split(entry: string): readonly [string | undefined, string] {
  const hash = entry.lastIndexOf('#');
  return hash < 0 ? [undefined, entry] : [entry.slice(0, hash), entry.slice(hash + 1)];
}
