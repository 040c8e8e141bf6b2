import type { Place } from '../facts/shared/places.ts';
import { functionName } from '../facts/uses.ts';
import type { Fix, TextEdit } from '../model/finding.ts';
import {
  type FunctionNode,
  isAsyncFunction,
  isBlock,
  isClassLikeDeclaration,
  isMethodDeclaration,
  isSourceFile,
  type Node,
} from '../typescript/ast.ts';
import { fileStyle, indentAt } from './fixing/file-style.ts';
import { freeName } from './fixing/names.ts';
import { type FixTools, freeMember, layout } from './race-fixes.ts';

/** Lets one call run at a time. package.json is left alone, and the title says what it needs. */
export function mutexFix(fn: FunctionNode, place: Place, ctx: FixTools): Fix | undefined {
  const { body } = fn;
  if (!body || !isBlock(body) || !isAsyncFunction(fn) || (fn as { readonly asteriskToken?: Node }).asteriskToken)
    return undefined;
  const text = body.getText();
  const own = (fn as { readonly name?: Node }).name?.getText();
  // A call that waits for itself would wait for ever.
  if (
    /\barguments\b/.test(text) ||
    (own !== undefined && new RegExp(`[.\\s(]${own.replace(/[#$]/g, '\\$&')}\\(`).test(text))
  )
    return undefined;
  const { name: mutexClass, edits } = ctx.fix.importing('async-mutex', 'Mutex');
  const { eol, end } = layout(body, ctx);
  const indent = indentAt(ctx.file.text, fn.getStart());
  const step = fileStyle(ctx.file.sourceFile).indent;
  const home = mutexHome(fn, place, mutexClass, end, ctx);
  if (!home) return undefined;
  const inner = ctx.file.text.slice(body.getStart() + 1, body.end - 1);
  return ctx.fix.choice(
    'Let one call run at a time (needs the package async-mutex)',
    edits,
    ctx.fix.insert(home.at, `${home.text}${eol}${eol}${indentAt(ctx.file.text, home.at)}`),
    ctx.fix.insert(body.getStart() + 1, `${eol}${indent}${step}return ${home.name}.runExclusive(async () => {`),
    deeper(body.getStart() + 1, inner, step, ctx),
    ctx.fix.insert(
      body.end - 1,
      `${inner.endsWith('\n') || /\n[ \t]*$/.test(inner) ? step : eol + indent + step}})${end}${eol}${indent}`,
    ),
  );
}

/** Indents the lines of a body once more, unless that would change a text that runs over several lines. */
function deeper(start: number, inner: string, step: string, ctx: FixTools): readonly TextEdit[] {
  if (/`[^`]*\n[^`]*`/.test(inner)) return [];
  return [...inner.matchAll(/\n(?=[ \t]*[^\s])/g)].map(({ index }) => ctx.fix.insert(start + index + 1, step));
}

function mutexHome(
  fn: FunctionNode,
  place: Place,
  mutexClass: string,
  end: string,
  ctx: FixTools,
): { readonly at: number; readonly name: string; readonly text: string } | undefined {
  const owner = fn.parent;
  const own = (functionName(fn)?.text ?? 'own').replace('#', '');
  if (place.kind === 'field' && isMethodDeclaration(fn) && isClassLikeDeclaration(owner)) {
    if (place.key.startsWith('this.') === false) return undefined;
    const member = freeMember(owner, `#${own}Mutex`);
    return { at: fn.getStart(), name: `this.${member}`, text: `readonly ${member} = new ${mutexClass}()${end}` };
  }
  if (place.kind !== 'module') return undefined;
  let top: Node = fn;
  while (top.parent && !isSourceFile(top.parent)) top = top.parent;
  const name = freeName(ctx.file.sourceFile, `${own}Mutex`);
  return { at: top.getStart(), name, text: `const ${name} = new ${mutexClass}()${end}` };
}
