import { MongoClient } from 'mongodb';

export async function withClient<T>(work: (client: MongoClient) => Promise<T>): Promise<T> {
  const client = new MongoClient('mongodb://database');
//                   ^^^^^^^^^^^ connection-per-call perRequest
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.close();
  }
}
