// Sets the demo up in the Jenkins that bin/run starts: an agent, the control scripts as a tool, the project "demo" and the
// Pipeline job "deploy-orange-button". What is there already is left as it is.
import hudson.model.ChoiceParameterDefinition
import hudson.model.Node
import hudson.model.ParametersDefinitionProperty
import hudson.model.StringParameterDefinition
import hudson.slaves.DumbSlave
import hudson.slaves.JNLPLauncher
import hudson.slaves.RetentionStrategy
import io.jenkins.plugins.octopod.project.OctopodProject
import io.jenkins.plugins.octopod.scripts.ControlScripts
import java.util.concurrent.CompletableFuture
import jenkins.model.Jenkins
import jenkins.model.JenkinsLocationConfiguration
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition
import org.jenkinsci.plugins.workflow.job.WorkflowJob

def jenkins = Jenkins.get()
def demo = new File(System.getProperty('octopod.demo'))
def url = System.getProperty('octopod.demo.url')
def label = 'demo'

// Maven, which has started this process, might be ended without it, and before it comes this far. On Windows, the shell has
// a process ID of its own kind.
if (File.separator == '/') {
    def maven = ProcessHandle.of(System.getProperty('octopod.demo.maven') as long)
    maven.map { it.onExit() }.orElse(CompletableFuture.completedFuture(null)).thenRunAsync { System.exit(0) }
}

JenkinsLocationConfiguration.get().url = url

def tools = jenkins.getDescriptorByType(ControlScripts.DescriptorImpl)
if (!tools.installations.any { it.name == 'demo' }) {
    def demoScripts = new ControlScripts('demo', new File(demo, 'scripts').path, [])
    tools.setInstallations(*(tools.installations as List), demoScripts)
}

if (jenkins.getNode('demo-agent') == null) {
    def agent = new DumbSlave('demo-agent', new File(jenkins.rootDir, 'demo-agent').path, new JNLPLauncher())
    agent.numExecutors = 2
    agent.labelString = label
    agent.mode = Node.Mode.NORMAL
    agent.retentionStrategy = RetentionStrategy.INSTANCE
    jenkins.addNode(agent)
}

if (jenkins.getItem('demo') == null) {
    def project = new OctopodProject(jenkins, 'demo')
    project.controlScripts = 'demo'
    project.agentLabel = label
    project.baseDomain = 'localhost'
    jenkins.add(project, project.name)
    project.onCreatedFromScratch()
    project.save()
}

if (jenkins.getItem('deploy-orange-button') == null) {
    def job = jenkins.createProject(WorkflowJob, 'deploy-orange-button')
    // As in the Jenkinsfile, which Jenkins reads only with the first build.
    job.addProperty(new ParametersDefinitionProperty(
            new StringParameterDefinition('TAG', 'v1', 'The image tag to deploy'),
            new ChoiceParameterDefinition(
                    'COLOR', ['orange', 'red', 'green', 'teal', 'blue', 'purple'] as String[], 'The color of the page')))
    job.definition = new CpsFlowDefinition(new File(demo, 'deploy-orange-button.Jenkinsfile').text, true)
    job.save()
}

// The agent is a process of its own, as everywhere; it ends when Jenkins does.
Thread.startDaemon('demo agent') {
    def answers = {
        try {
            new URL(url + 'login').openConnection().responseCode == 200
        } catch (IOException ignored) {
            false
        }
    }
    while (!answers()) {
        sleep(500)
    }
    def jar = new File(jenkins.rootDir, 'demo-agent.jar')
    jar.bytes = jenkins.getJnlpJars('agent.jar').URL.bytes
    new ProcessBuilder(
            "${System.getProperty('java.home')}/bin/java", '-jar', jar.path, '-url', url, '-name', 'demo-agent',
            '-secret', jenkins.getComputer('demo-agent').jnlpMac, '-webSocket', '-noReconnect',
            '-workDir', new File(jenkins.rootDir, 'demo-agent').path)
            .redirectErrorStream(true)
            .redirectOutput(new File(jenkins.rootDir, 'demo-agent.log'))
            .start()
}
