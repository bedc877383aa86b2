package io.jenkins.plugins.octopod.browser;

import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Starts the browser and gives it to tests. A test whose page had errors fails; of one that fails, what was seen last and
 * what the console said is in {@code target/screenshots}.
 */
final class BrowserExtension
        implements ExecutionCondition,
                BeforeEachCallback,
                AfterTestExecutionCallback,
                AfterAllCallback,
                ParameterResolver {

    private static final Path FAILURES = Path.of("target", "screenshots");
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(BrowserExtension.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return Chromium.find()
                .map(found -> ConditionEvaluationResult.enabled("There is " + found.browser()))
                .orElseGet(() -> ConditionEvaluationResult.disabled(
                        "Neither CHROME_BIN and CHROMEDRIVER nor the PATH lead to a Chromium with its driver"));
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        browser(context).reset();
    }

    @Override
    public void afterTestExecution(ExtensionContext context) throws Exception {
        Browser browser = browser(context);
        String test = context.getRequiredTestClass().getSimpleName()
                + '.'
                + context.getRequiredTestMethod().getName();
        if (context.getExecutionException().isPresent()) {
            browser.record(FAILURES, test);
            return;
        }
        try {
            browser.assertNoProblems();
        } catch (AssertionError e) {
            browser.record(FAILURES, test);
            throw e;
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Browser started = store(context).remove(Browser.class, Browser.class);
        if (started != null) {
            started.quit();
        }
    }

    private static Browser browser(ExtensionContext context) {
        return store(context)
                .getOrComputeIfAbsent(
                        Browser.class,
                        key -> new Browser(Chromium.find().orElseThrow().start()),
                        Browser.class);
    }

    /** That of the class, whichever of its tests asks. */
    private static ExtensionContext.Store store(ExtensionContext context) {
        ExtensionContext ofClass = context;
        while (ofClass.getTestMethod().isPresent()) {
            ofClass = ofClass.getParent().orElseThrow();
        }
        return ofClass.getStore(NAMESPACE);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Browser.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return browser(context);
    }
}
