package dev.gatehouse;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of the house that a compiler does not know: storeys, cycles, names, sizes, and who may use which library. */
final class HouseRulesTest {

    private static final int MOST_LINES = 400;
    private static final String HOUSE = "dev.gatehouse..";
    private static final String FIREWALL = "dev.gatehouse.firewall..";
    private static final String GATEWAY = "dev.gatehouse.gateway..";
    private static final List<String> MIDDLE = List.of(
            "dev.gatehouse.wire.postgres..",
            "dev.gatehouse.wire.mysql..",
            "dev.gatehouse.analyzer..",
            "dev.gatehouse.masking..",
            "dev.gatehouse.journal..",
            "dev.gatehouse.approvals..",
            "dev.gatehouse.console..",
            "dev.gatehouse.identity..");

    /** JavaCC names and writes its classes as it likes. */
    private static final DescribedPredicate<JavaClass> WRITTEN_BY_HAND =
            not(nameMatching("dev[.]gatehouse[.]analyzer[.]grammar[.]"
                    + "(\\w+SqlParser\\w*|ParseException|SimpleCharStream|Token|TokenMgrError)([$].*)?"));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.gatehouse");

    @Test
    void theFirewallDependsOnNothingOfOurs() {
        noClasses()
                .that()
                .resideInAPackage(FIREWALL)
                .should()
                .dependOnClassesThat(resideInAnyPackage(HOUSE).and(not(resideInAnyPackage(FIREWALL))))
                .check(CLASSES);
    }

    @Test
    void noModuleOfTheMiddleStoreyKnowsAnother() {
        for (String module : MIDDLE) {
            noClasses()
                    .that()
                    .resideInAPackage(module)
                    .should()
                    .dependOnClassesThat(resideInAnyPackage(HOUSE).and(not(resideInAnyPackage(FIREWALL, module))))
                    .allowEmptyShould(true)
                    .check(CLASSES);
        }
    }

    @Test
    void onlyTheGatewayUsesTheMiddleStorey() {
        List<String> users = new ArrayList<>(MIDDLE);
        users.add(GATEWAY);
        classes()
                .that()
                .resideInAnyPackage(MIDDLE.toArray(String[]::new))
                .should()
                .onlyBeAccessed()
                .byAnyPackage(users.toArray(String[]::new))
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void noPackagesDependOnEachOtherInACircle() {
        slices().matching("dev.gatehouse.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void everyClassIsNamedAfterAnIdea() {
        noClasses()
                .that(WRITTEN_BY_HAND)
                .should()
                .haveSimpleNameEndingWith("Impl")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Base")
                .orShould()
                .haveSimpleNameStartingWith("Abstract")
                .check(CLASSES);
    }

    @Test
    void noPackageIsADrawerForOddThings() {
        noClasses()
                .should()
                .resideInAnyPackage("..util..", "..utils..", "..common..", "..helper..", "..misc..", "..impl..")
                .check(CLASSES);
    }

    @Test
    void theProtocolEnginesDoNoInputOrOutput() {
        noClasses()
                .that()
                .resideInAPackage("dev.gatehouse.wire..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.netty.channel..", "java.net.http..", "java.nio.channels..")
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void eachLibraryHasItsOnePlace() {
        onlyIn("dev.gatehouse.journal..", "net.openhft..");
        onlyIn("dev.gatehouse.analyzer..", "org.apache.calcite..");
        onlyIn("dev.gatehouse.analyzer.second..", "net.sf.jsqlparser..");
        onlyIn("dev.gatehouse.approvals..", "org.flywaydb..");
        onlyIn("dev.gatehouse.identity..", "com.nimbusds..");
        onlyIn("dev.gatehouse.gateway..", "picocli..");
    }

    @Test
    void onlyTheCommandLineWritesToTheTerminal() {
        noClasses()
                .that(WRITTEN_BY_HAND)
                .and()
                .resideOutsideOfPackages("dev.gatehouse.gateway.command..", "dev.gatehouse.gateway.demo..")
                .and()
                .doNotHaveFullyQualifiedName("dev.gatehouse.gateway.Main")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(CLASSES);
    }

    @Test
    void noSourceFileIsLongerThanAReaderBears() throws IOException {
        List<String> tooLong = new ArrayList<>();
        int seen = 0;
        try (Stream<Path> files = Files.walk(Path.of("..").toRealPath())) {
            for (Path file : files.filter(HouseRulesTest::isSource).toList()) {
                seen++;
                long lines = Files.readString(file).lines().count();
                if (lines > MOST_LINES) {
                    tooLong.add(file.getFileName() + " has " + lines + " lines");
                }
            }
        }
        assertThat(seen).isPositive();
        assertThat(tooLong).isEmpty();
    }

    private static boolean isSource(Path file) {
        String path = file.toString();
        return path.endsWith(".java") && path.contains("/src/main/") && !path.contains("/target/");
    }

    private static void onlyIn(String home, String library) {
        noClasses()
                .that()
                .resideOutsideOfPackage(home)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(CLASSES);
    }
}
