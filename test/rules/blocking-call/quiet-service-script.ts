#!/usr/bin/env node
import { reload } from './lib-service.ts';

await reload();
