package dev.gatehouse.gateway.settings;

import dev.gatehouse.firewall.session.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads certificates and private keys, which stand in PEM where they are needed or in a file that is named there. */
final class PemReader {

    private static final String PEM = "-----BEGIN ";

    private final Path folder;

    /** @param folder where relative paths start */
    PemReader(Path folder) {
        this.folder = folder;
    }

    /** A certificate, and those that vouch for it. */
    Optional<String> certificates(Value place) {
        return place.text().flatMap(text -> pem(place, text, false));
    }

    /** A private key. The file it is in must be closed to others. */
    Optional<Secret> key(Value place) {
        return place.secretUnless(text -> !text.contains(PEM))
                .flatMap(text -> pem(place, text.reveal(), true))
                .map(Secret::new);
    }

    private Optional<String> pem(Value place, String text, boolean secret) {
        Optional<String> pem =
                text.contains(PEM) ? Optional.of(text) : file(place, folder.resolve(text.strip()), secret);
        if (pem.isPresent() && !pem.get().contains(PEM)) {
            place.problem(Code.BAD_VALUE, "\"" + place.path() + "\" leads to something that is not in PEM form");
            return Optional.empty();
        }
        return pem;
    }

    private static Optional<String> file(Value place, Path path, boolean secret) {
        try {
            Optional<String> mode = secret ? Variables.tooOpen(path) : Optional.empty();
            if (mode.isPresent()) {
                place.problem(
                        Code.SECRET_MODE, path + " may be read by others (mode " + mode.get() + "); chmod 600 it");
                return Optional.empty();
            }
            return Optional.of(Files.readString(path));
        } catch (NoSuchFileException e) {
            place.problem(Code.SECRET_FILE, "there is no file " + path);
        } catch (IOException e) {
            place.problem(Code.SECRET_FILE, path + " cannot be read: " + e);
        }
        return Optional.empty();
    }
}
