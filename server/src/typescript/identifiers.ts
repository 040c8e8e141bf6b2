import { getTokenAtPosition, type Identifier, isIdentifier, type SourceFile } from './ast.ts';

/** Every identifier of a file with this text, declarations and members included, in order. Looks through the text, not the tree. */
export function identifiersNamed(sourceFile: SourceFile, name: string): readonly Identifier[] {
  const { text } = sourceFile;
  const found: Identifier[] = [];
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + name.length)) {
    const token = getTokenAtPosition(sourceFile, at);
    if (isIdentifier(token) && token.text === name && token.getStart() === at) found.push(token);
  }
  return found;
}
