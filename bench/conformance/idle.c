/* Opens connections, waits, asks each of them something, and tells how many answered. */
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int
main(int argc, char **argv)
{
	if (argc != 4)
	{
		fprintf(stderr, "usage: %s CONNECTION COUNT SECONDS\n", argv[0]);
		return 2;
	}

	int			count = atoi(argv[2]);
	int			answered = 0;
	PGconn	  **connections = calloc(count, sizeof(PGconn *));

	for (int i = 0; i < count; i++)
	{
		connections[i] = PQconnectdb(argv[1]);
		if (PQstatus(connections[i]) != CONNECTION_OK)
		{
			fprintf(stderr, "connection %d: %s", i, PQerrorMessage(connections[i]));
			return 1;
		}
	}
	printf("%d connections are open\n", count);
	fflush(stdout);
	sleep(atoi(argv[3]));
	for (int i = 0; i < count; i++)
	{
		PGresult   *result = PQexec(connections[i], "select 1");

		answered += PQresultStatus(result) == PGRES_TUPLES_OK;
		PQclear(result);
	}
	printf("%d answer\n", answered);
	return answered != count;
}
