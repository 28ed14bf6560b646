"""How many postings a second, beside the same statements on tables without rules; one process per connection."""

import multiprocessing
import random
import time

from .world import ledger

CONNECTIONS = 4
SECONDS = 5
PLAIN = """
    DROP TABLE IF EXISTS plain_transaction, plain_balance, plain_posting;
    CREATE TABLE plain_transaction (id serial PRIMARY KEY, key varchar UNIQUE, kind varchar, place_id int,
        request_hash bytea, content_hash bytea, created_at timestamp DEFAULT now());
    CREATE TABLE plain_balance (wallet_id int, asset_id int, amount bigint, held bigint, floor bigint, seq bigint,
        PRIMARY KEY (wallet_id, asset_id));
    CREATE TABLE plain_posting (id serial PRIMARY KEY, transaction_id int, wallet_id int, asset_id int, amount bigint);
    CREATE INDEX ON plain_posting (transaction_id);
    CREATE INDEX ON plain_posting (wallet_id, asset_id)"""


def measure(world, wallets):
    """Post top-ups on these wallets by the engine, then by raw SQL, twice each in turn.

    :return: (posts a second by the engine, by raw SQL), the better run of each
    """
    connection = world.connect()
    with connection, connection.cursor() as cr:
        cr.execute(PLAIN)
        cr.execute("INSERT INTO plain_balance SELECT w, %s, 0, 0, 0, 0 FROM unnest(%s) w", [world.assets[1], wallets])
        ledger.posting.open_balances(cr, [(wallet, world.assets[1]) for wallet in wallets])
    connection.close()
    runs = [(_rate(by_engine, world, wallets), _rate(by_raw_sql, world, wallets)) for _run in range(2)]
    engine, raw = zip(*runs, strict=True)
    return max(engine), max(raw)


def _rate(work, world, wallets):
    answers = multiprocessing.Queue()
    workers = [
        multiprocessing.Process(target=_worker, args=(work, world, wallets, number, answers))
        for number in range(CONNECTIONS)
    ]
    for worker in workers:
        worker.start()
    rate = sum(answers.get(timeout=60) for _worker in workers)
    for worker in workers:
        worker.join()
    return rate


def _worker(work, world, wallets, number, answers):
    connection = world.connect()
    chosen, count, start = random.Random(number), 0, time.perf_counter()
    with connection.cursor() as cr:
        while time.perf_counter() - start < SECONDS:
            work(cr, world, chosen.choice(wallets), f"{work.__name__}:{number}:{start}:{count}")
            connection.commit()
            count += 1
    answers.put(count / (time.perf_counter() - start))
    connection.close()


def by_engine(cr, world, wallet, key):
    ledger.post(cr, world.entry(key, "top_up", world.tills[0], wallet, world.assets[1], 5))


def by_raw_sql(cr, world, wallet, key):
    asset = world.assets[1]
    cr.execute(
        """INSERT INTO plain_transaction (key, kind, place_id, request_hash, content_hash)
           VALUES (%s, 'top_up', %s, %s, %s) ON CONFLICT (key) DO NOTHING RETURNING id""",
        [key, world.places[0], b"x" * 32, b"y" * 32],
    )
    (transaction,) = cr.fetchone()
    cr.execute(
        """UPDATE plain_balance SET amount = amount + 5, seq = seq + 1
            WHERE wallet_id = %s AND asset_id = %s AND amount - held + 5 >= -floor RETURNING amount""",
        [wallet, asset],
    )
    cr.fetchone()
    cr.execute(
        """INSERT INTO plain_posting (transaction_id, wallet_id, asset_id, amount)
           VALUES (%s, %s, %s, -5), (%s, %s, %s, 5) RETURNING id""",
        [transaction, world.tills[0], asset, transaction, wallet, asset],
    )
    cr.fetchall()
