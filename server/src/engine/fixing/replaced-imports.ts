/** An import whose last use a fix takes away gives way to the one that the fix needs, so that none is left unused. */
import { isIdentifier, isVariableStatement, type Node } from '../../typescript/ast.ts';
import type { FileView } from '../../typescript/file-view.ts';
import type { PlainEdit } from '../apply-edits.ts';
import { type ExistingImport, existingImports, type ListedName } from './existing-imports.ts';
import type { FileStyle } from './file-style.ts';
import { type Imported, type ImportRequest, importing, spell } from './imports.ts';
import { usesOf } from './names.ts';
import { replacement } from './plain-edits.ts';

/** As `importing`, where the fix also takes away `use`, a name in the code. */
export function importingInstead(view: FileView, style: FileStyle, request: ImportRequest, use: Node): Imported {
  const imported = importing(view, style, request);
  const old = importWithoutOtherUse(view, use);
  if (!old || imported.name.split('.')[0] === use.getText()) return imported;
  const edits = gaveWay(view.text, request, imported, old);
  return edits ? { ...imported, edits } : imported;
}

interface OldImport {
  readonly entry: ExistingImport;
  /** The name in a list, where it stands in one. */
  readonly listed: ListedName | undefined;
  /** How many names the statement brings. */
  readonly bindings: number;
}

function importWithoutOtherUse({ sourceFile }: FileView, use: Node): OldImport | undefined {
  if (!isIdentifier(use)) return undefined;
  const uses = usesOf(sourceFile, use.text);
  if (uses.length !== 2 || !uses.includes(use)) return undefined;
  for (const entry of existingImports(sourceFile)) {
    const { defaultName, namespace, list, statement } = entry;
    const listed = list?.names.find(({ local }) => local === use.text);
    if (!listed && namespace !== use.text && defaultName?.getText() !== use.text) continue;
    // One of several `const`s in a statement, or a list with rest and default values, is left alone.
    if (isVariableStatement(statement) && statement.declarationList.declarations.length > 1) return undefined;
    if (list && !list.isOpen) return undefined;
    return {
      entry,
      listed,
      bindings: Number(defaultName !== undefined) + Number(namespace !== undefined) + (list?.names.length ?? 0),
    };
  }
  return undefined;
}

function gaveWay(
  text: string,
  request: ImportRequest,
  { name, edits }: Imported,
  old: OldImport,
): readonly PlainEdit[] | undefined {
  const { entry, listed, bindings } = old;
  const start = entry.statement.getStart();
  const { end } = entry.statement;
  const isInSameStatement = edits.length > 0 && edits.every(({ span }) => start < span.start && span.end < end);
  if (listed && isInSameStatement) {
    return [replacement(listed.node.getStart(), listed.node.end, spell(request.name, name, entry.form === 'require'))];
  }
  if (isInSameStatement) return undefined;
  if (bindings === 1) {
    const [first] = edits;
    const line =
      first && edits.length === 1 ? /^\s*((?:import|const) [^\n]*?)\s*$/.exec(first.newText)?.[1] : undefined;
    return line === undefined ? [...edits, withoutLine(text, start, end)] : [replacement(start, end, line)];
  }
  const rest = listed && withoutListed(text, entry, listed);
  return rest && [...edits, rest];
}

/** Takes a statement away, with its line where nothing else stands on it. */
function withoutLine(text: string, start: number, end: number): PlainEdit {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const lineBreak = /^[ \t]*(\r?\n|$)/.exec(text.slice(end));
  const isAlone = lineBreak && text.slice(lineStart, start).trim() === '';
  return isAlone ? replacement(lineStart, end + lineBreak[0].length, '') : replacement(start, end, '');
}

/** Takes a name out of a list, with the comma that belongs to it; undefined where a comment would go with it. */
function withoutListed(text: string, { list }: ExistingImport, listed: ListedName): PlainEdit | undefined {
  const names = list?.names ?? [];
  const at = names.indexOf(listed);
  const before = names[at - 1];
  const after = names[at + 1];
  const span = after
    ? { start: listed.node.getStart(), end: after.node.getStart() }
    : before && { start: before.node.end, end: listed.node.end };
  if (!span || /\/[/*]/.test(text.slice(span.start, span.end))) return undefined;
  return replacement(span.start, span.end, '');
}
