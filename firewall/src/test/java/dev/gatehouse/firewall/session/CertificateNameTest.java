package dev.gatehouse.firewall.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CertificateNameTest {

    @CsvSource(
            delimiter = '|',
            value = {
                "robot            | CN=robot, O=Acme        | true",
                "robot            | O=Acme, CN=robot        | true",
                "robot            | CN=Robot, O=Acme        | false",
                "robot            | CN=robot2               | false",
                "robot            | O=robot                 | false",
                "robot            | CN=maya, CN=robot       | false",
                "robot            | O=Acme+CN=robot         | true",
                "robot            | CN=maya+CN=robot        | false",
                "robot            | CN=\"maya, CN=robot\"   | false",
                "CN=robot, O=Acme | CN=robot,O=Acme         | true",
                "CN=robot, O=Acme | O=Acme,CN=robot         | false",
                "CN=robot, O=Acme | CN=robot,O=Acme,C=DE    | false",
                "CN=robot, O=Acme | CN=robot,O=acme         | false"
            })
    @ParameterizedTest
    void aNameIsComparedToTheLetter(String configured, String subject, boolean expected) {
        assertThat(new CertificateName(configured).isOf(new X500Principal(subject)))
                .isEqualTo(expected);
    }

    @Test
    void whatIsNoNameIsRefused() {
        assertThatThrownBy(() -> new CertificateName(" ")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CertificateName("nothing=robot")).isInstanceOf(IllegalArgumentException.class);
    }
}
