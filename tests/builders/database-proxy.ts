import { connect, createServer, type Server, type Socket } from 'node:net';
import { Client } from 'pg';

/** What becomes of connections: passed on, refused, cut, left without an answer, or refused in words. */
export type Weather = 'open' | 'refused' | 'cut' | 'hanging' | { state: string; says: string };

/** A way to the database that can be taken away. */
export type DatabaseProxy = {
  /** A `DATABASE_URL` that leads through it. */
  url: string;
  /** Ends every connection but hung ones, and treats new ones so. */
  set(weather: Weather): Promise<void>;
  /** Leads new connections to another server from now on. */
  leadTo(databaseUrl: string): void;
  close(): Promise<void>;
};

export async function openDatabaseProxy(databaseUrl: string): Promise<DatabaseProxy> {
  let target = new Client({ connectionString: databaseUrl });
  const { user, password, database } = target;
  const reach = () => {
    const { host, port } = target;
    return host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect({ host, port });
  };
  const sockets = new Set<Socket>();
  let weather: Weather = 'open';
  const accept = (socket: Socket) => {
    keep(sockets, socket);
    treat(weather, socket, () => keep(sockets, reach()));
  };
  let server = await listen(accept, 0);
  const address = server.address();
  const ownPort = typeof address === 'object' && address ? address.port : 0;
  const stop = async () => {
    for (const socket of sockets) socket.destroy();
    if (server.listening) await new Promise((resolve) => server.close(resolve));
  };
  return {
    url: `postgresql://${user}:${encodeURIComponent(password ?? '')}@127.0.0.1:${ownPort}/${database}`,
    async set(next) {
      weather = next;
      if (next === 'hanging') for (const socket of sockets) socket.unpipe().pause();
      else await stop();
      if (next !== 'refused' && !server.listening) server = await listen(accept, ownPort);
    },
    leadTo(otherUrl) {
      target = new Client({ connectionString: otherUrl });
    },
    close: stop,
  };
}

function keep(sockets: Set<Socket>, socket: Socket): Socket {
  sockets.add(socket);
  socket.on('close', () => sockets.delete(socket));
  socket.on('error', () => socket.destroy());
  return socket;
}

function treat(weather: Weather, socket: Socket, reach: () => Socket): void {
  if (weather === 'hanging') return;
  if (weather === 'cut') socket.destroy();
  else if (typeof weather === 'object') socket.once('data', () => socket.end(refusal(weather)));
  else {
    const upstream = reach();
    socket.pipe(upstream).pipe(socket);
    upstream.on('close', () => socket.destroy());
    socket.on('close', () => upstream.destroy());
  }
}

/** An ErrorResponse (PostgreSQL, 54.7) as a server sends it that takes no session now. */
function refusal({ state, says }: { state: string; says: string }): Buffer {
  const fields = Buffer.from(`SFATAL\0VFATAL\0C${state}\0M${says}\0\0`);
  const head = Buffer.alloc(5, 'E');
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}

async function listen(accept: (socket: Socket) => void, port: number): Promise<Server> {
  const server = createServer(accept);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return server;
}
