// Adds the multibranch Pipeline "shop" to the Jenkins that bin/run starts. It builds each branch of a Git repository on this machine.
import com.cloudbees.hudson.plugins.folder.computed.PeriodicFolderTrigger
import jenkins.branch.BranchSource
import jenkins.model.Jenkins
import jenkins.plugins.git.GitSCMSource
import jenkins.plugins.git.traits.BranchDiscoveryTrait
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject

def repository = System.getProperty('octopod.demo.repository')
def jenkins = Jenkins.get()
if (repository && jenkins.getItem('shop') == null) {
    def source = new GitSCMSource(repository)
    source.id = 'shop'
    source.traits = [new BranchDiscoveryTrait()]
    def project = jenkins.createProject(WorkflowMultiBranchProject, 'shop')
    project.sourcesList.add(new BranchSource(source))
    // A push is announced by a hook of the repository. This is for pushes while Jenkins isn't running.
    project.addTrigger(new PeriodicFolderTrigger('1m'))
    project.save()
    project.scheduleBuild2(0)
}
