package dev.gatehouse.gateway;

import dev.gatehouse.gateway.command.ExitCode;
import dev.gatehouse.gateway.command.Failure;
import dev.gatehouse.gateway.command.Parts;
import java.nio.file.Path;

/** Gives the commands the product's parts. The only place where the two meet. */
final class Product implements Parts {

    @Override
    public Report check(Path config, boolean strict) {
        throw missing("check a configuration");
    }

    @Override
    public Running serve(Path config) {
        throw missing("serve");
    }

    @Override
    public Reading journal(Path folder) {
        throw missing("read a journal");
    }

    private static Failure missing(String what) {
        return new Failure(ExitCode.FAILED, "missing", "this build cannot " + what, "");
    }
}
