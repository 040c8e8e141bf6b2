import {
  isExpressionStatement,
  isImportDeclaration,
  isReturnStatement,
  isStringLiteral,
  isVariableStatement,
  type Node,
  type SourceFile,
} from '../../typescript/ast.ts';

/** How the author of a file writes, as far as edits have to follow. */
export interface FileStyle {
  readonly quote: "'" | '"';
  /** `;` or nothing. */
  readonly semicolon: ';' | '';
  /** One step of indentation. */
  readonly indent: string;
  readonly lineBreak: string;
}

/** Reads the style from the text; where the text does not say, what most projects do. */
export function fileStyle(sourceFile: SourceFile): FileStyle {
  const { text, statements } = sourceFile;
  return {
    quote: quoteOf(text, statements),
    semicolon: semicolonOf(text, statements),
    indent: /(?:^|\n)(\t| {2,8})(?=\S)(?!\*)/.exec(text)?.[1] ?? '  ',
    lineBreak: /\r\n|\n/.exec(text)?.[0] ?? '\n',
  };
}

/** The white space that the line of an offset begins with. */
export function indentAt(text: string, offset: number): string {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(lineStart, offset))?.[0] ?? '';
}

function quoteOf(text: string, statements: readonly Node[]): "'" | '"' {
  for (const statement of statements) {
    if (isImportDeclaration(statement) && isStringLiteral(statement.moduleSpecifier)) {
      return text.charAt(statement.moduleSpecifier.getStart()) === '"' ? '"' : "'";
    }
  }
  const single = text.match(/'[^'"\n]*'/g)?.length ?? 0;
  const double = text.match(/"[^'"\n]*"/g)?.length ?? 0;
  return double > single ? '"' : "'";
}

/** Looks at the first statements, at any depth, that may end with a semicolon. */
function semicolonOf(text: string, statements: readonly Node[]): ';' | '' {
  let seen = 0;
  let withSemicolon = 0;
  const count = (node: Node): void => {
    if (seen >= enough) return;
    if (
      isImportDeclaration(node) ||
      isVariableStatement(node) ||
      isExpressionStatement(node) ||
      isReturnStatement(node)
    ) {
      seen++;
      if (text.charAt(node.end - 1) === ';') withSemicolon++;
    }
    node.forEachChild(count);
  };
  for (const statement of statements) count(statement);
  return withSemicolon * 2 >= seen ? ';' : '';
}

/** So many statements tell a habit. */
const enough = 40;
