package dev.gatehouse.gateway.demo;

/**
 * Where a demo's gateway listens on 127.0.0.1.
 *
 * @param postgres for PostgreSQL clients
 * @param mysql for MySQL clients
 * @param web for the console
 */
record Ports(int postgres, int mysql, int web) {}
