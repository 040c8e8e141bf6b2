import type { Fix, TextEdit } from '../model/finding.ts';
import type { Span } from '../model/span.ts';
import type { AwaitExpression, FunctionNode, Node } from '../typescript/ast.ts';
import { spanOf } from '../typescript/ast.ts';
import type { FileView } from '../typescript/file-view.ts';
import type { PlainEdit } from './apply-edits.ts';
import { dropAsync, makeAsync } from './fixing/async-functions.ts';
import { type FileStyle, fileStyle } from './fixing/file-style.ts';
import { importing } from './fixing/imports.ts';
import { awaiting, removeAwait, voiding } from './fixing/prefix-operators.ts';
import { importingInstead } from './fixing/replaced-imports.ts';
import { catching, type HandlerOptions, returning, wrappedInTryCatch } from './fixing/statements.ts';
import { movedToFinally, wrappedInTryFinally } from './fixing/try-finally.ts';

/**
 * Makes edits in the style of one file: quotes, semicolons, indentation, import forms. Edits of one fix never overlap;
 * a rule joins them with `safe` or `choice`. What cannot be written is undefined, so that no fix is offered.
 */
export class FixBuilder {
  readonly #file: FileView;
  #style: FileStyle | undefined;

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
    return this.#here(awaiting(this.#file.text, expression));
  }

  /** Puts `void` before an expression, with parentheses where precedence asks for them. */
  voiding(expression: Node): readonly TextEdit[] {
    return this.#here(voiding(this.#file.text, expression));
  }

  /** Takes `await` away, with the parentheses that only it needed. */
  removeAwait(expression: AwaitExpression): readonly TextEdit[] {
    return this.#here(removeAwait(this.#file.text, expression));
  }

  /** Adds `.catch((error) => { console.error(error); })` to an expression; an existing `void` gives way. */
  catching(expression: Node, options: HandlerOptions = {}): readonly TextEdit[] {
    const { text, isJavaScript } = this.#file;
    return this.#here(catching(text, this.#styleOfFile(), isJavaScript, expression, options));
  }

  /** Puts `return` before an expression statement; an existing `void` gives way. Undefined outside functions and where nothing can be returned. */
  returning(statement: Node): readonly TextEdit[] | undefined {
    return this.#ifPossible(returning(statement));
  }

  /** Puts a statement into `try { … } catch (error) { … }`. Undefined for declarations, whose names would be lost. */
  wrapInTryCatch(statement: Node, options: HandlerOptions = {}): readonly TextEdit[] | undefined {
    return this.#ifPossible(wrappedInTryCatch(this.#file.text, this.#styleOfFile(), statement, options));
  }

  /**
   * Puts neighbouring statements into `try { … } finally { cleanup }`. Undefined where a name that they declare is used
   * behind them.
   * @param moved the last of the statements, where it is the clean-up itself: it moves into the `finally`
   */
  wrapInTryFinally(statements: readonly Node[], cleanup: string, moved?: Node): readonly TextEdit[] | undefined {
    return this.#ifPossible(wrappedInTryFinally(this.#file.text, this.#styleOfFile(), statements, cleanup, moved));
  }

  /**
   * Moves a statement into the `finally` of a `try`, which gets one where it has none; or, in a list of statements, puts
   * all that stands behind `opening` into a `try` for it. Undefined where neither can be.
   */
  moveToFinally(opening: Node, closing: Node): readonly TextEdit[] | undefined {
    return this.#ifPossible(movedToFinally(this.#file.text, this.#styleOfFile(), opening, closing));
  }

  /**
   * Makes a function `async`; a written return type is wrapped in `Promise<…>`. Undefined where it cannot be: accessors,
   * constructors, generators, type predicates, overloads. What callers and an expected type say is for the rule to ask.
   */
  makeAsync(fn: FunctionNode): readonly TextEdit[] | undefined {
    return this.#ifPossible(makeAsync(this.#file.text, this.#file.isJavaScript, fn));
  }

  /**
   * Takes `async` away. With `value` (the default) a written `Promise<T>` becomes `T`; with `promise` the type stays.
   * Undefined for generators, for what is not async, and for a written type that is no `Promise<T>`.
   */
  dropAsync(fn: FunctionNode, result: 'value' | 'promise' = 'value'): readonly TextEdit[] | undefined {
    return this.#ifPossible(dropAsync(this.#file.text, fn, result));
  }

  /**
   * Makes a module's export usable here in the file's own style: `import` or `require`, quotes, semicolons, an existing
   * import extended. An import that is there already is used as it is; a name that is taken is renamed with `as`.
   * @param name `default` for the default export
   * @param insteadOf a name in the code that the fix takes away: where that was its last use, its import goes too
   * @returns the name to write, such as `readFile` or `fs.readFile`, and the edits that it needs
   */
  importing(
    module: string,
    name: string,
    preferredLocalName?: string,
    insteadOf?: Node,
  ): { readonly name: string; readonly edits: readonly TextEdit[] } {
    const request = { module, name, preferredLocalName };
    const style = this.#styleOfFile();
    const imported = insteadOf
      ? importingInstead(this.#file, style, request, insteadOf)
      : importing(this.#file, style, request);
    return { name: imported.name, edits: this.#here(imported.edits) };
  }

  #styleOfFile(): FileStyle {
    this.#style ??= fileStyle(this.#file.sourceFile);
    return this.#style;
  }

  #here(edits: readonly PlainEdit[]): readonly TextEdit[] {
    return edits.map((edit) => ({ file: this.#file.path, ...edit }));
  }

  #ifPossible(edits: readonly PlainEdit[] | undefined): readonly TextEdit[] | undefined {
    return edits && this.#here(edits);
  }
}
