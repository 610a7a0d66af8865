import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { readEnvironment } from '../../config/env.ts';
import { createTestDatabase, type TestDatabase } from '../../database/test-database.ts';
import { OperatorError } from '../../kit/operator-error.ts';
import { createClientCommand } from './create-client.ts';

let database: TestDatabase;
before(async () => {
  database = await createTestDatabase();
});
after(() => database.drop());

test('a client of a publisher that is not there is refused in a sentence', async () => {
  const environment = readEnvironment({ DATABASE_URL: database.connectionString }, '.', false);
  await assert.rejects(createClientCommand(environment, ['999', 'no.example.site', 'Web']), (error) => {
    assert.ok(error instanceof OperatorError);
    assert.equal(error.message, 'There is no publisher 999.');
    return true;
  });
});
