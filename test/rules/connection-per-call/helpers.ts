import { createServer } from 'node:http';
import mysql from 'mysql2/promise';

async function answer(sql: string): Promise<unknown> {
  const connection = await mysql.createConnection('mysql://localhost/shop');
//                               ^^^^^^^^^^^^^^^^ connection-per-call perRequest
  try {
    const [rows] = await connection.query(sql);
    return rows;
  } finally {
    await connection.end();
  }
}

export const server = createServer((request, response) => {
  answer(request.url ?? '').then(
    (rows) => response.end(JSON.stringify(rows)),
    () => response.destroy(),
  );
});
