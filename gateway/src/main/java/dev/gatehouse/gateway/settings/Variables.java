package dev.gatehouse.gateway.settings;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills in what a text takes from the environment, from a file or from a credential of the service manager. One pass: what
 * is filled in is never looked at again. A dollar sign doubled before a brace stands for itself.
 */
final class Variables {

    private static final Pattern SHAPE = Pattern.compile("\\$\\$\\{|\\$\\{([^}]*)(}?)");
    private static final Pattern ENV = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?", Pattern.DOTALL);
    private static final String CREDENTIALS = "CREDENTIALS_DIRECTORY";
    private static final Set<PosixFilePermission> FOREIGN =
            Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);
    /** The service manager lets the service read a credential through an access list, which shows as the group's bit. */
    private static final Set<PosixFilePermission> FOREIGN_CREDENTIAL = Set.of(PosixFilePermission.OTHERS_READ);

    private final Map<String, String> environment;
    private final Path folder;

    /** Takes a problem with a part of the text. */
    interface Complaint {
        void about(Code code, int offset, int length, String message);
    }

    /** What a variable stands for, or why it stands for nothing. */
    private record Meaning(Optional<String> text, Code code, String message) {

        static Meaning of(String text) {
            return new Meaning(Optional.of(text), Code.VARIABLE, "");
        }

        static Meaning none(Code code, String message) {
            return new Meaning(Optional.empty(), code, message);
        }
    }

    /**
     * @param environment the process's environment
     * @param folder what relative paths start from
     */
    Variables(Map<String, String> environment, Path folder) {
        this.environment = Map.copyOf(environment);
        this.folder = folder;
    }

    /** Whether a text takes any part of itself from elsewhere. */
    static boolean isUsedIn(String text) {
        return SHAPE.matcher(text).results().anyMatch(m -> m.group(1) != null);
    }

    /**
     * The text with its variables filled in; empty when one cannot be.
     *
     * @param secret whether files it comes from must be closed to others
     */
    Optional<String> fill(String text, boolean secret, Complaint complaint) {
        if (text.indexOf('$') < 0) {
            return Optional.of(text);
        }
        StringBuilder result = new StringBuilder();
        boolean whole = true;
        Matcher matcher = SHAPE.matcher(text);
        int from = 0;
        while (matcher.find()) {
            result.append(text, from, matcher.start());
            from = matcher.end();
            if (matcher.group(1) == null) {
                result.append("${");
                continue;
            }
            Meaning meaning = matcher.group(2).isEmpty()
                    ? Meaning.none(Code.VARIABLE, "\"${\" is not closed; a literal one is written $${")
                    : meaning(matcher.group(1), secret);
            if (meaning.text().isEmpty()) {
                complaint.about(meaning.code(), matcher.start(), matcher.end() - matcher.start(), meaning.message());
            }
            whole &= meaning.text().isPresent();
            meaning.text().ifPresent(result::append);
        }
        result.append(text, from, text.length());
        return whole ? Optional.of(result.toString()) : Optional.empty();
    }

    private Meaning meaning(String inside, boolean secret) {
        if (inside.startsWith("env:")) {
            return environment(inside.substring("env:".length()));
        }
        if (inside.startsWith("file:")) {
            return file(folder.resolve(inside.substring("file:".length())), secret ? FOREIGN : Set.of());
        }
        if (inside.startsWith("cred:")) {
            return credential(inside.substring("cred:".length()), secret ? FOREIGN_CREDENTIAL : Set.of());
        }
        return Meaning.none(
                Code.VARIABLE,
                "\"${" + inside
                        + "}\" is not known; possible: ${env:NAME}, ${env:NAME:-default}, ${file:/path}, ${cred:name}");
    }

    private Meaning environment(String inside) {
        Matcher matcher = ENV.matcher(inside);
        if (!matcher.matches()) {
            return Meaning.none(Code.VARIABLE, "\"" + inside + "\" is not the name of an environment variable");
        }
        String value = environment.get(matcher.group(1));
        if (value != null) {
            return Meaning.of(value);
        }
        return matcher.group(2) != null
                ? Meaning.of(matcher.group(2))
                : Meaning.none(
                        Code.VARIABLE,
                        "the environment variable " + matcher.group(1) + " is not set, and has no default");
    }

    private Meaning credential(String name, Set<PosixFilePermission> foreign) {
        String directory = environment.get(CREDENTIALS);
        if (directory == null) {
            return Meaning.none(
                    Code.VARIABLE,
                    "${cred:" + name + "} needs $" + CREDENTIALS
                            + ", which is not set; systemd's LoadCredential= sets it");
        }
        if (name.isEmpty() || name.indexOf('/') >= 0 || name.startsWith(".")) {
            return Meaning.none(Code.VARIABLE, "\"" + name + "\" is not the name of a credential");
        }
        return file(folder.resolve(directory).resolve(name), foreign);
    }

    private static Meaning file(Path path, Set<PosixFilePermission> foreign) {
        try {
            Optional<String> mode = tooOpen(path, foreign);
            if (mode.isPresent()) {
                return Meaning.none(
                        Code.SECRET_MODE, path + " may be read by others (mode " + mode.get() + "); chmod 600 it");
            }
            return Meaning.of(withoutNewline(Files.readString(path)));
        } catch (NoSuchFileException e) {
            return Meaning.none(Code.SECRET_FILE, "there is no file " + path);
        } catch (IOException e) {
            return Meaning.none(Code.SECRET_FILE, path + " cannot be read: " + e);
        }
    }

    /** The mode of a secret file that its group or others may read; empty when only its owner may. */
    static Optional<String> tooOpen(Path path) throws IOException {
        return tooOpen(path, FOREIGN);
    }

    private static Optional<String> tooOpen(Path path, Set<PosixFilePermission> foreign) throws IOException {
        if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            return Optional.empty();
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
        boolean open = foreign.stream().anyMatch(permissions::contains);
        return open ? Optional.of(octal(PosixFilePermissions.toString(permissions))) : Optional.empty();
    }

    /** {@code rw-r--r--} as {@code 0644}. */
    private static String octal(String letters) {
        int mode = 0;
        for (int i = 0; i < letters.length(); i++) {
            mode = mode << 1 | (letters.charAt(i) == '-' ? 0 : 1);
        }
        return String.format("%04o", mode);
    }

    private static String withoutNewline(String text) {
        String trimmed = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        return trimmed.endsWith("\r") ? trimmed.substring(0, trimmed.length() - 1) : trimmed;
    }
}
