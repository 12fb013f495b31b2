package dev.gatehouse.gateway.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.firewall.session.Upstream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpstreamTlsTest {

    private static final String PEM = "-----BEGIN SOMETHING-----\nAAAA\n-----END SOMETHING-----\n";

    @TempDir
    Path folder;

    private Fixture reaching(String written) {
        return Fixture.shop(folder)
                .replaceFirst("gatehouse.yaml", "tls: { mode: disable }", "tls: { " + written + " }")
                .write("own.crt", PEM)
                .secret("own.key", PEM);
    }

    private static Upstream.Tls tls(Loaded loaded) {
        assertThat(loaded.problems()).isEmpty();
        return loaded.configuration()
                .orElseThrow()
                .settings()
                .upstream("shop")
                .orElseThrow()
                .tls();
    }

    @ParameterizedTest
    @CsvSource({"own.key", "\"${file:own.key}\""})
    void theGatewayMayHaveACertificateOfItsOwn(String key) {
        Upstream.Tls tls = tls(reaching("cert: own.crt, key: " + key).load());
        Upstream.ClientCertificate own = tls.certificate().orElseThrow();
        assertThat(own.chain()).isEqualTo(PEM);
        assertThat(own.key().reveal().strip()).isEqualTo(PEM.strip());
        assertThat(own.key().toString()).doesNotContain("AAAA");
        assertThat(tls.mode()).isEqualTo(Upstream.Tls.Mode.VERIFY_FULL);
        assertThat(tls.negotiation()).isEqualTo(Upstream.Tls.Negotiation.POSTGRES);
    }

    @Test
    void tlsMayBeginAtOnce() {
        Upstream.Tls tls = tls(reaching("mode: verify-ca, negotiation: direct").load());
        assertThat(tls.negotiation()).isEqualTo(Upstream.Tls.Negotiation.DIRECT);
        assertThat(tls.certificate()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "cert: own.crt, E204",
        "key: own.key, E204",
        "negotiation: at_once, E214",
        "'mode: disable, negotiation: direct', E217",
        "'mode: disable, cert: own.crt, key: own.key', E217",
        "'cert: nowhere.crt, key: own.key', E212",
        "'cert: own.crt, key: nowhere.key', E212"
    })
    void whatDoesNotFitIsRefused(String written, String code) {
        assertThat(reaching(written).load().problems())
                .extracting(problem -> problem.code().text())
                .containsExactly(code);
    }
}
