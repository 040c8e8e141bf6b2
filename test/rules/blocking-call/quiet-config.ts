// @path vite.config.ts
import fs from 'node:fs';

export default async () => ({ version: fs.readFileSync('VERSION', 'utf8') });
