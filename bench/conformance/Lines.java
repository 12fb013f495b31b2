import java.util.HashSet;
import java.util.Set;
import org.junit.runner.Description;
import org.junit.runner.JUnitCore;
import org.junit.runner.notification.Failure;
import org.junit.runner.notification.RunListener;

/** Runs classes of JUnit 4 tests and prints a line for each test. */
public final class Lines {
    public static void main(String[] classes) throws ClassNotFoundException {
        JUnitCore core = new JUnitCore();
        core.addListener(new RunListener() {
            private final Set<Description> told = new HashSet<>();

            private void tell(Description test, String how) {
                if (told.add(test)) {
                    String name = test.getMethodName() == null ? "whole" : test.getMethodName();
                    System.out.println("\n" + test.getTestClass().getSimpleName() + "." + name.replace(' ', '_') + " " + how);
                }
            }

            @Override
            public void testFailure(Failure failure) {
                tell(failure.getDescription(), "FAILED");
                System.out.println(failure.getTrimmedTrace());
            }

            @Override
            public void testAssumptionFailure(Failure failure) {
                tell(failure.getDescription(), "SKIPPED");
            }

            @Override
            public void testIgnored(Description test) {
                tell(test, "SKIPPED");
            }

            @Override
            public void testFinished(Description test) {
                tell(test, "PASSED");
            }
        });
        for (String name : classes) {
            core.run(Class.forName(name));
        }
        System.exit(0);
    }
}
