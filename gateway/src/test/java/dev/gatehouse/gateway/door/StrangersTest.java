package dev.gatehouse.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.firewall.session.Argon2Verifier;
import dev.gatehouse.firewall.session.Credentials;
import dev.gatehouse.firewall.session.Ed25519Key;
import dev.gatehouse.firewall.session.NativeHash;
import dev.gatehouse.firewall.session.ScramVerifier;
import dev.gatehouse.gateway.door.Strangers.Cost;
import dev.gatehouse.gateway.door.Strangers.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StrangersTest {

    @TempDir
    Path folder;

    private static Credentials known(int iterations, int saltBytes) {
        return Credentials.of(new ScramVerifier(iterations, new byte[saltBytes], new byte[32], new byte[32], true));
    }

    private static Set<Shape> shapesOf(Strangers strangers, List<Shape> shapes) {
        return IntStream.range(0, 100)
                .mapToObj(i -> Shape.of(strangers.credentials("user" + i, shapes)))
                .collect(Collectors.toSet());
    }

    @Test
    void theyLookLikeThoseWhoAreKnown() throws IOException {
        Strangers strangers = Strangers.rememberedIn(folder);
        assertThat(shapesOf(strangers, Strangers.shapes(List.of()))).containsExactly(Shape.USUAL);
        List<Shape> shapes = Strangers.shapes(List.of(known(4096, 16), known(20_000, 48), known(20_000, 48)));
        assertThat(shapesOf(strangers, shapes))
                .containsExactlyInAnyOrder(Shape.USUAL, new Shape(new Cost.Scram(20_000, 48), false, false));
    }

    @Test
    void theyMayProveThemselvesInTheWaysOfThoseWhoAreKnown() throws IOException {
        Credentials plain = known(4096, 16);
        Credentials both = new Credentials(
                plain.password(),
                Optional.of(new NativeHash(new byte[NativeHash.BYTES])),
                Optional.of(new Ed25519Key(new byte[Ed25519Key.BYTES])));
        List<Shape> shapes = Strangers.shapes(List.of(plain, both));
        assertThat(shapesOf(Strangers.rememberedIn(folder), shapes))
                .containsExactlyInAnyOrder(Shape.USUAL, new Shape(new Cost.Scram(4096, 16), true, true));
    }

    @Test
    void theyAreCheckedByArgon2WhereSomebodyKnownIs() throws IOException {
        Credentials argon2 = Credentials.of(new Argon2Verifier(8192, 3, 2, new byte[12], new byte[24], true));
        Credentials strange = Strangers.rememberedIn(folder).credentials("nobody", Strangers.shapes(List.of(argon2)));
        assertThat(Shape.of(strange)).isEqualTo(Shape.of(argon2));
        assertThat(strange.password().genuine()).isFalse();
    }

    @Test
    void nobodyIsGenuine() throws IOException {
        assertThat(Strangers.rememberedIn(folder)
                        .credentials("nobody", Strangers.shapes(List.of()))
                        .password()
                        .genuine())
                .isFalse();
    }

    @Test
    void oneNameHasOneSaltAsLongAsTheFolderLasts(@TempDir Path other) throws IOException {
        List<Shape> shapes = List.of(Shape.USUAL);
        byte[] salt = Strangers.rememberedIn(folder)
                .credentials("nobody", shapes)
                .password()
                .salt();
        assertThat(Strangers.rememberedIn(folder)
                        .credentials("nobody", shapes)
                        .password()
                        .salt())
                .isEqualTo(salt);
        assertThat(Strangers.rememberedIn(folder)
                        .credentials("somebody", shapes)
                        .password()
                        .salt())
                .isNotEqualTo(salt);
        assertThat(Strangers.rememberedIn(other)
                        .credentials("nobody", shapes)
                        .password()
                        .salt())
                .isNotEqualTo(salt);
    }

    @Test
    void theSecretIsClosedToOthersAndNotReplacedWhenItIsDamaged() throws IOException {
        Strangers unused = Strangers.rememberedIn(folder);
        assertThat(unused).isNotNull();
        Path file = folder.resolve("strangers.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Files.write(file, new byte[3]);
        assertThatThrownBy(() -> Strangers.rememberedIn(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("strangers.key");
    }
}
