import type { FastifyInstance } from 'fastify';
import { meChangeSchema, signInSchema, type Me } from '../api.ts';
import { checked, guestOf, type Context } from '../context.ts';
import { meOf } from '../visitors.ts';

/** Signing in and out, and who one is. */
export function sessionRoutes(server: FastifyInstance, context: Context): void {
  const { visitors } = context;
  const about = { version: context.version, uploadBytes: context.uploadBytes };
  server.post(
    '/session',
    // Tokens have too many bits to be guessed; this keeps the log and the database out of the way of who tries.
    { config: { rateLimit: { max: 30, timeWindow: '1 minute' }, isOpen: true } },
    async (request, reply): Promise<Me> => {
      const { token } = checked(signInSchema, request.body);
      return meOf(await visitors.signIn(token.trim(), reply), about);
    },
  );
  server.get('/session', (request): Me => meOf(guestOf(request), about));
  server.patch('/session', { config: { mayView: true } }, async (request): Promise<Me> => {
    const guest = guestOf(request);
    const { language } = checked(meChangeSchema, request.body);
    await visitors.setLanguage(guest, language);
    return meOf({ ...guest, visitor: { ...guest.visitor, language } }, about);
  });
  server.delete('/session', { config: { mayView: true } }, async (request, reply) => {
    await visitors.signOut(request, reply);
    return reply.code(204).send();
  });
}
