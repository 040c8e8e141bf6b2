import { readFileSync } from 'node:fs';
import { Controller, Get } from '@nestjs/common';

@Controller('terms')
export class TermsController {
  readonly #conditions = readFileSync('conditions.md', 'utf8');

  @Get()
  terms(): string {
    return readFileSync('terms.md', 'utf8');
//         ^^^^^^^^^^^^ blocking-call handler
  }

  @Get('conditions')
  conditions(): string {
    return this.#conditions;
  }

  private load(): string {
    return readFileSync('private.md', 'utf8');
  }

  @Get('private')
  hidden(): string {
    return this.load();
//              ^^^^ blocking-call helper
//              related decorated.ts:20 "`this.load` calls `readFileSync` here"
  }
}
