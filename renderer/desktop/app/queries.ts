import { QueryClient } from '@tanstack/react-query';
import { CallRefused } from '../../../shared/contract/rpc.ts';
import { ENGINE_LOST } from './connection.ts';

/** The window's copy of what the engine answered; refetched when a topic changed, never by time. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: 'always',
      staleTime: Infinity,
      gcTime: 5 * 60_000,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      retry: (count, error) => error instanceof CallRefused && error.code === ENGINE_LOST && count < 5,
      retryDelay: 200,
    },
    mutations: { networkMode: 'always' },
  },
});
