import { Pool } from 'pg';

export const shared = new Pool();
