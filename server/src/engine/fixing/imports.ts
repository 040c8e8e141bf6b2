/** Making an export of a module usable in a file, the way the file imports other things. */
import { isImportDeclaration, isImportEqualsDeclaration } from '../../typescript/ast.ts';
import type { FileView } from '../../typescript/file-view.ts';
import { moduleName } from '../../typescript/origin.ts';
import type { PlainEdit } from '../apply-edits.ts';
import {
  type ExistingImport,
  existingImports,
  isSameModule,
  type ListedName,
  lastLeadingRequire,
} from './existing-imports.ts';
import { atHead, below } from './file-head.ts';
import { type FileStyle, indentAt } from './file-style.ts';
import { freeName } from './names.ts';
import { insertion } from './plain-edits.ts';

export interface ImportRequest {
  readonly module: string;
  /** `default` for the default export. */
  readonly name: string;
  readonly preferredLocalName: string | undefined;
}

export interface Imported {
  /** What to write where the export is used: `readFile`, or `fs.readFile`. */
  readonly name: string;
  readonly edits: readonly PlainEdit[];
}

/** Uses an import that is there, adds a name to one, or writes a new one: in this order. */
export function importing(view: FileView, style: FileStyle, request: ImportRequest): Imported {
  const { sourceFile } = view;
  const all = existingImports(sourceFile);
  const same = all.filter(({ specifier }) => isSameModule(specifier, request.module));
  const known = knownName(same, request);
  if (known !== undefined) return { name: known, edits: [] };

  const wanted =
    request.preferredLocalName ?? (request.name === 'default' ? nameOfModule(request.module) : request.name);
  const local = freeName(sourceFile, wanted);
  const list = request.name === 'default' ? undefined : same.find((each) => each.list?.isOpen)?.list;
  if (list) {
    const isRequire = same.some((each) => each.list === list && each.form === 'require');
    return {
      name: local,
      edits: addedToList(
        view.text,
        style,
        list.node.getStart(),
        list.node.end,
        list.names,
        spell(request.name, local, isRequire),
      ),
    };
  }
  const named =
    request.name === 'default'
      ? undefined
      : same.find((each) => each.form === 'import' && each.defaultName && each.namespace === undefined);
  if (named?.defaultName && !hasAttributes(named)) {
    return { name: local, edits: [insertion(named.defaultName.end, `, { ${spell(request.name, local, false)} }`)] };
  }
  return { name: local, edits: [newImport(view, style, all, request, local)] };
}

/** What the export is called here already, through a name, a namespace or, for Node's own modules, the default import. */
function knownName(same: readonly ExistingImport[], { module, name }: ImportRequest): string | undefined {
  for (const { list } of same) {
    const found = list?.names.find((each) => each.imported === name && !each.isTypeOnly);
    if (found) return found.local;
  }
  const isNodes = moduleName(module).startsWith('node:');
  for (const { defaultName, namespace, form } of same) {
    if (name === 'default') {
      if (defaultName) return defaultName.getText();
      if (namespace !== undefined && form === 'require') return namespace;
      continue;
    }
    if (namespace !== undefined) return `${namespace}.${name}`;
    if (defaultName && isNodes) return `${defaultName.getText()}.${name}`;
  }
  return undefined;
}

/** One entry of an import list. */
export function spell(name: string, local: string, isRequire: boolean): string {
  if (name === local) return name;
  return isRequire ? `${name}: ${local}` : `${name} as ${local}`;
}

function hasAttributes({ statement }: ExistingImport): boolean {
  return isImportDeclaration(statement) && statement.attributes !== undefined;
}

/** Puts a name into `{ a, b }`: in its place where the list is sorted, else at the end. */
function addedToList(
  text: string,
  style: FileStyle,
  start: number,
  end: number,
  names: readonly ListedName[],
  spelling: string,
): readonly PlainEdit[] {
  const [first] = names;
  const last = names.at(-1);
  if (!first || !last) return [{ span: { start, end }, newText: `{ ${spelling} }` }];
  const isMultiLine = text.slice(start, first.node.getStart()).includes('\n');
  const gap = isMultiLine ? style.lineBreak + indentAt(text, first.node.getStart()) : ' ';
  const compare = orderOf(names);
  const next = compare && names.find((each) => compare(each.imported, spelling) > 0);
  if (next) return [insertion(next.node.getStart(), `${spelling},${gap}`)];

  const tail = text.slice(last.node.end, end);
  const comma = /^\s*,/.exec(tail);
  const lineTail = /^[ \t]*,?[ \t]*(?:\/\/[^\r\n]*|\/\*[^\r\n]*?\*\/)/.exec(tail);
  // A comment behind the last name stays with it.
  if (lineTail && isMultiLine) {
    const at = last.node.end + lineTail[0].length;
    return comma
      ? [insertion(at, `${gap}${spelling},`)]
      : [insertion(last.node.end, ','), insertion(at, `${gap}${spelling}`)];
  }
  return [insertion(last.node.end, `,${gap}${spelling}`)];
}

/** The order in which a list is sorted, or undefined where it is not, or is too short to tell and takes no harm. */
function orderOf(names: readonly ListedName[]): ((a: string, b: string) => number) | undefined {
  const orders = [byCode, (a: string, b: string): number => byCode(a.toLowerCase(), b.toLowerCase())];
  return orders.find((order) =>
    names.every(({ imported }, index) => index === 0 || order(names[index - 1]?.imported ?? '', imported) <= 0),
  );
}

function byCode(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function newImport(
  view: FileView,
  style: FileStyle,
  all: readonly ExistingImport[],
  request: ImportRequest,
  local: string,
): PlainEdit {
  const { sourceFile, text } = view;
  const { quote, semicolon, lineBreak } = style;
  const module = `${quote}${spelledModule(request.module, all)}${quote}`;
  const lastImport = sourceFile.statements.findLast(
    (statement) => isImportDeclaration(statement) || isImportEqualsDeclaration(statement),
  );
  const isDefault = request.name === 'default';
  if (view.isCommonJs && !lastImport && !/\.cts$/.test(view.path)) {
    const target = isDefault ? local : `{ ${spell(request.name, local, true)} }`;
    const line = `const ${target} = require(${module})${semicolon}`;
    const lastRequire = lastLeadingRequire(sourceFile);
    return lastRequire ? below(text, lastRequire, line, lineBreak) : atHead(sourceFile, line, lineBreak);
  }
  const line = `import ${isDefault ? local : `{ ${spell(request.name, local, false)} }`} from ${module}${semicolon}`;
  return lastImport ? below(text, lastImport, line, lineBreak) : atHead(sourceFile, line, lineBreak);
}

/** With `node:` unless the file leaves it out everywhere. */
function spelledModule(module: string, all: readonly ExistingImport[]): string {
  if (!module.startsWith('node:')) return module;
  const nodes = all.filter(({ specifier }) => moduleName(specifier).startsWith('node:'));
  const isBare = nodes.length > 0 && nodes.every(({ specifier }) => !specifier.startsWith('node:'));
  const bare = module.slice('node:'.length);
  // Modules such as node:test exist with the prefix only.
  return isBare && moduleName(bare) === module ? bare : module;
}

function nameOfModule(module: string): string {
  const last =
    module
      .replace(/^node:/, '')
      .split('/')
      .at(-1) ?? module;
  return last.replace(/[^\w$]+(\w)?/g, (_, letter: string | undefined) => letter?.toUpperCase() ?? '');
}
